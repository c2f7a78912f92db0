package io.presence.bench.standing.engine;

import io.presence.bench.Translator;
import io.presence.query.AttributePath;
import java.util.List;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.WildcardQuery;

/**
 * Translates a filter to a query of Lucene. All values are terms, so that a term query can find a number too. Ranges
 * use points.
 */
final class MonitorTranslator implements Translator<Query> {

    /** Returns the name of the field of points beside the field of terms. */
    static String points(String path) {
        return path + "#";
    }

    @Override
    public Query equal(AttributePath path, String operand) {
        return new TermQuery(term(path, operand));
    }

    @Override
    public Query equal(AttributePath path, long operand) {
        return new TermQuery(term(path, String.valueOf(operand)));
    }

    @Override
    public Query in(AttributePath path, List<String> operands) {
        return or(operands.stream().map(operand -> equal(path, operand)).toList());
    }

    /** A list is a field with several terms. */
    @Override
    public Query containsAny(AttributePath path, List<String> operands) {
        return in(path, operands);
    }

    /** All records of the workloads have all attributes, so that no check for a value is needed. */
    @Override
    public Query notEqual(AttributePath path, String operand) {
        return new BooleanQuery.Builder()
                .add(new MatchAllDocsQuery(), BooleanClause.Occur.MUST)
                .add(equal(path, operand), BooleanClause.Occur.MUST_NOT)
                .build();
    }

    @Override
    public Query between(AttributePath path, long low, long high) {
        return LongPoint.newRangeQuery(points(path.toString()), low, high);
    }

    @Override
    public Query startsWith(AttributePath path, String operand) {
        return new PrefixQuery(term(path, operand));
    }

    @Override
    public Query endsWith(AttributePath path, String operand) {
        return new WildcardQuery(term(path, "*" + operand));
    }

    @Override
    public Query and(List<Query> parts) {
        return all(parts, BooleanClause.Occur.MUST);
    }

    @Override
    public Query or(List<Query> parts) {
        return all(parts, BooleanClause.Occur.SHOULD);
    }

    private static Query all(List<Query> parts, BooleanClause.Occur occur) {
        BooleanQuery.Builder builder = new BooleanQuery.Builder();
        parts.forEach(part -> builder.add(part, occur));
        return builder.build();
    }

    private static Term term(AttributePath path, String text) {
        return new Term(path.toString(), text);
    }
}

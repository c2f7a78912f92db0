package io.presence.query.internal.plan;

import io.presence.query.AttributePath;
import io.presence.query.Method;
import io.presence.query.Query;
import io.presence.query.QuerySchema.Kind;
import io.presence.query.Values;
import io.presence.query.internal.plan.Range.Domain;
import io.presence.query.internal.program.ValueType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The code that extracts the {@link CandidateTerms} of one comparison, null check or {@code elemMatch}.
 *
 * <p>A string operand can have two terms, one for the string and one for the timestamp that it denotes, unless the
 * schema declares the kind of the attribute.
 */
final class TermExtractor {

    private static final List<Domain> DOMAINS = List.of(Domain.values());

    private final Function<AttributePath, Kind> kinds;

    /**
     * Creates an extractor for a schema.
     *
     * @param kinds returns the kind of the values at a path; an object if it is unknown
     */
    TermExtractor(Function<AttributePath, Kind> kinds) {
        this.kinds = kinds;
    }

    CandidateTerms of(Query.NullCheck node) {
        return node.method().isNegated() ? present(node.attribute()) : ofType(node.attribute(), ValueType.NULL, true);
    }

    CandidateTerms of(Query.Comparison node) {
        AttributePath path = node.attribute();
        if (node.method().isNegated()) {
            return CandidateTerms.inexact(new Term.Present(path));
        }
        return switch (node.method()) {
            case EQUAL -> equal(path, node.values());
            case STARTS_WITH -> affix(path, node.values().get(0), false);
            case ENDS_WITH -> affix(path, node.values().get(0), true);
            case CONTAINS, CONTAINS_ANY -> contains(path, node.values());
            case CONTAINS_ALL ->
                throw new IllegalArgumentException("comparison must have one candidates: " + node.method());
            default -> ranges(node);
        };
    }

    private CandidateTerms equal(AttributePath path, List<@Nullable Object> values) {
        List<Term> exact = new ArrayList<>();
        List<Term> structures = new ArrayList<>(0);
        for (Object value : values) {
            if (value instanceof List || value instanceof Map) {
                if (mayEqual(path, value)) {
                    structures.add(new Term.Structure(path, value, false));
                }
            } else if (mayEqual(path, value)) {
                for (Object key : keys(path, value)) {
                    exact.add(new Term.Equal(path, key));
                }
            }
        }
        return CandidateTerms.of(exact, structures);
    }

    /** Returns whether a value of the kind of an attribute can equal an operand. */
    private boolean mayEqual(AttributePath path, @Nullable Object operand) {
        if (operand instanceof String) {
            return mayBe(path, Kind.STRING) || mayBe(path, Kind.TIMESTAMP);
        }
        if (operand instanceof Number) {
            return mayBe(path, Kind.NUMBER);
        }
        return mayBe(
                path, operand instanceof Boolean ? Kind.BOOLEAN : operand instanceof List ? Kind.LIST : Kind.OBJECT);
    }

    /** Returns the keys of the values that equal an operand. */
    private List<Object> keys(AttributePath path, @Nullable Object operand) {
        Object key = Values.key(operand);
        if (key == null) {
            return List.of();
        }
        Instant time = operand instanceof String text && mayBe(path, Kind.TIMESTAMP) ? Values.timestamp(text) : null;
        if (time == null) {
            return List.of(key);
        }
        return mayBe(path, Kind.STRING) ? List.of(key, time) : List.of(time);
    }

    private CandidateTerms affix(AttributePath path, @Nullable Object affix, boolean isSuffix) {
        if (!(affix instanceof String text)) {
            return new CandidateTerms(List.of(), true);
        }
        return text.isEmpty()
                ? ofType(path, ValueType.STRING, true)
                : CandidateTerms.exact(new Term.Affix(path, text, isSuffix));
    }

    /* Elements of a list are found by equality. Substrings of a string have no term, so that its type is used. */
    private CandidateTerms contains(AttributePath path, List<@Nullable Object> values) {
        List<Term> exact = new ArrayList<>();
        List<Term> others = new ArrayList<>(1);
        boolean hasText = false;
        for (Object value : values) {
            hasText |= value instanceof String;
        }
        if (mayBe(path, Kind.LIST)) {
            addElements(path, values, exact, others);
        }
        if (hasText && mayBe(path, Kind.STRING)) {
            others.add(new Term.OfType(path, ValueType.STRING));
        }
        return CandidateTerms.of(exact, others);
    }

    /** Adds the terms of elements that equal a value. Those of lists and maps are not exact. */
    private static void addElements(
            AttributePath path, List<@Nullable Object> values, List<Term> exact, List<Term> structures) {
        for (Object value : values) {
            if (value instanceof List || value instanceof Map) {
                structures.add(new Term.Structure(path, value, true));
            } else {
                elementKeys(value).forEach(key -> exact.add(new Term.Element(path, key)));
            }
        }
    }

    /** Returns candidate terms for each equality that an element must match, and for the type of the list. */
    List<CandidateTerms> ofEach(Query.ElemMatch node) {
        List<CandidateTerms> alternatives = new ArrayList<>();
        for (Query.Filter inner : node.filters()) {
            List<Term> terms = new ArrayList<>();
            if (addInner(node.attribute(), inner, terms)) {
                alternatives.add(new CandidateTerms(terms, false));
            }
        }
        alternatives.add(ofType(node.attribute(), ValueType.LIST, false));
        return alternatives;
    }

    /** Adds the terms of an equality, or of an {@code or} of equalities. Returns whether the filter is one of these. */
    private static boolean addInner(AttributePath path, Query.Filter filter, List<Term> terms) {
        if (filter instanceof Query.Or or) {
            return or.filters().stream().allMatch(one -> addInner(path, one, terms));
        }
        if (!(filter instanceof Query.Comparison node) || node.method() != Method.EQUAL) {
            return false;
        }
        for (Object value : node.values()) {
            if (value instanceof List || value instanceof Map) {
                return false;
            }
            for (Object key : elementKeys(value)) {
                terms.add(new Term.Inner(path, node.attribute(), key));
            }
        }
        return true;
    }

    /**
     * Returns candidate terms for each value of a {@code containsAll}, since a matching record contains each of them.
     */
    List<CandidateTerms> ofEach(Query.Comparison node) {
        List<@Nullable Object> values = node.values();
        List<CandidateTerms> alternatives = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            alternatives.add(new CandidateTerms(
                    contains(node.attribute(), values.subList(i, i + 1)).terms(), false));
        }
        return alternatives;
    }

    private static List<Object> elementKeys(@Nullable Object operand) {
        Object key = Values.key(operand);
        Instant time = operand instanceof String text ? Values.timestamp(text) : null;
        if (key == null) {
            return List.of();
        }
        return time == null ? List.of(key) : List.of(key, time);
    }

    private CandidateTerms ranges(Query.Comparison node) {
        List<Term> terms = new ArrayList<>();
        boolean exact = includesBounds(node.method());
        for (Domain domain : DOMAINS) {
            Range range = range(node, domain);
            if (range != null && mayBe(node.attribute(), domain)) {
                terms.add(new Term.Within(node.attribute(), range));
            }
        }
        for (Object bound : node.values()) {
            exact &= Range.isExact(bound);
        }
        return new CandidateTerms(terms, exact);
    }

    private static boolean includesBounds(Method method) {
        return method != Method.LESS_THAN && method != Method.GREATER_THAN;
    }

    /**
     * Returns the values of a domain for which a comparison can hold, or null if there are none. It must not be
     * negated.
     */
    static @Nullable Range range(Query.Comparison node, Domain domain) {
        Object first = node.values().get(0);
        return switch (node.method()) {
            case LESS_THAN, LESS_THAN_EQUAL -> Range.of(domain, Bound.LOWEST, Range.to(domain, first));
            case GREATER_THAN, GREATER_THAN_EQUAL -> Range.of(domain, Range.from(domain, first), Bound.HIGHEST);
            case BETWEEN ->
                Range.of(
                        domain,
                        Range.from(domain, first),
                        Range.to(domain, node.values().get(1)));
            default -> null;
        };
    }

    private boolean mayBe(AttributePath path, Domain domain) {
        return mayBe(
                path,
                switch (domain) {
                    case NUMBER -> Kind.NUMBER;
                    case TEXT -> Kind.STRING;
                    case TIME -> Kind.TIMESTAMP;
                });
    }

    private boolean mayBe(AttributePath path, Kind kind) {
        Kind known = kinds.apply(path);
        return known == kind || known == Kind.OBJECT;
    }

    private static CandidateTerms present(AttributePath path) {
        return CandidateTerms.exact(new Term.Present(path));
    }

    private static CandidateTerms ofType(AttributePath path, byte type, boolean exact) {
        return new CandidateTerms(List.of(new Term.OfType(path, type)), exact);
    }

    static boolean isRange(Method method) {
        return switch (method) {
            case LESS_THAN, LESS_THAN_EQUAL, GREATER_THAN, GREATER_THAN_EQUAL, BETWEEN -> true;
            default -> false;
        };
    }
}

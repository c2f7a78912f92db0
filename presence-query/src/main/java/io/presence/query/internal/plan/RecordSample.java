package io.presence.query.internal.plan;

import io.presence.query.Attributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A sample of the most recent records, to estimate the share of records that have a term.
 *
 * <p><b>Cost.</b> Stores at most {@value #SIZE} records with a weight of at most 8 MiB; a heavy record replaces several
 * old ones. Offering takes constant time and allocates nothing, except for the weigher, which is called for one in
 * {@value #INTERVAL} records. An estimate takes at most the operations that the caller permits. An operation is a test
 * of a term on a record, or of an element of a list.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <R> the type of records
 */
final class RecordSample<R> {

    /** The maximum number of records. */
    static final int SIZE = 64;

    /* The interval at which records are taken once the sample is full, so that it covers a longer time. */
    private static final int INTERVAL = 16;
    /* Divided by the number of terms, this is the maximum number of records to test. */
    private static final int MAX_QUESTIONS = 4096;
    private static final int FEW = 4;
    /* The number of records that the prior counts for. */
    private static final double PRIOR_WEIGHT = 2;
    private static final long MAX_BYTES = 8L << 20;

    private final Function<R, Attributes> attributes;
    private final ToLongFunction<? super R> weigher;
    private final List<R> records = new ArrayList<>(SIZE);
    /* The weight of each record, in the order of the records. */
    private final long[] weights = new long[SIZE];
    private long bytes;
    private int offered;
    private int next;
    private long operations;

    /**
     * Creates an empty sample.
     *
     * @param attributes returns the attributes of a record
     * @param weigher returns the approximate size of a record in bytes
     */
    RecordSample(Function<R, Attributes> attributes, ToLongFunction<? super R> weigher) {
        this.attributes = attributes;
        this.weigher = weigher;
    }

    /** Adds a record if it is due. */
    void offer(R record) {
        boolean isFull = records.size() == SIZE || bytes > MAX_BYTES / 2;
        if (isFull && ++offered < INTERVAL) {
            return;
        }
        offered = 0;
        long weight = weigher.applyAsLong(record);
        if (weight <= MAX_BYTES) {
            keep(record, weight);
        }
    }

    private void keep(R record, long weight) {
        int at = records.size();
        if (at < SIZE) {
            records.add(record);
        } else {
            at = next;
            records.set(at, record);
            next = (next + 1) % SIZE;
        }
        bytes += weight - weights[at];
        weights[at] = weight;
        while (bytes > MAX_BYTES) {
            dropOldest();
        }
    }

    /* The oldest record is the next to be replaced. The others move up, so that the newest is the last. */
    private void dropOldest() {
        rotateWeights(next);
        Collections.rotate(records, -next);
        next = 0;
        bytes -= weights[0];
        records.remove(0);
        System.arraycopy(weights, 1, weights, 0, SIZE - 1);
        weights[SIZE - 1] = 0;
    }

    private void rotateWeights(int distance) {
        long[] had = weights.clone();
        for (int i = 0; distance > 0 && i < SIZE; i++) {
            weights[i] = had[(i + distance) % SIZE];
        }
    }

    /** Returns the total weight of the records. */
    long bytes() {
        return bytes;
    }

    /** Returns the number of records. */
    int size() {
        return records.size();
    }

    /** Returns the operations of all estimates. */
    long operations() {
        return operations;
    }

    /** As {@link #share(CandidateTerms, int, double, long)}, by {@value #MAX_QUESTIONS} operations at most. */
    double share(CandidateTerms candidates, int most, double popularity) {
        return share(candidates, most, popularity, MAX_QUESTIONS);
    }

    /**
     * Returns the expected share of records, 0 to 1, that have at least one of the terms.
     *
     * @param most the maximum number of records to test
     * @param popularity the share of the queries that are indexed under the terms. The fewer records are tested, the
     *     more the result depends on it, because terms that many queries use are assumed to occur in many records
     * @param limit the maximum number of operations; further records are not tested
     */
    double share(CandidateTerms candidates, int most, double popularity, long limit) {
        List<Term> terms = candidates.terms();
        int count = asked(terms, most);
        long end = operations + limit;
        int hits = 0;
        int asked = 0;
        while (asked < count) {
            int hit = hit(attributes.apply(records.get(asked)), terms, end);
            if (hit < 0) {
                break;
            }
            hits += hit;
            asked++;
        }
        return share(hits, Math.max(popularity, prior(terms)), asked);
    }

    /** Returns a lower bound of {@link #share}, for any records and any queries. */
    double leastShare(CandidateTerms candidates, int most) {
        List<Term> terms = candidates.terms();
        return share(0, prior(terms), asked(terms, most));
    }

    private static double share(int hits, double prior, int asked) {
        return (hits + PRIOR_WEIGHT * Math.min(1, prior)) / (asked + PRIOR_WEIGHT);
    }

    private int asked(List<Term> terms, int most) {
        return Math.min(Math.min(most, records.size()), Math.max(FEW, MAX_QUESTIONS / Math.max(1, terms.size())));
    }

    /*
     * Returns 1 if a record has one of the terms, 0 if not, and -1 if that would take too many operations. An indexed
     * loop, since most of the time to add a query is spent here.
     */
    private int hit(Attributes record, List<Term> terms, long end) {
        for (int i = 0; i < terms.size(); i++) {
            Term term = terms.get(i);
            Object read = term.read(record);
            int cost = term.cost(read);
            if (operations + cost > end) {
                return -1;
            }
            operations += cost;
            if (term.hits(read)) {
                return 1;
            }
        }
        return 0;
    }

    private static double prior(List<Term> terms) {
        double prior = 0;
        for (int i = 0; i < terms.size(); i++) {
            prior += terms.get(i).prior();
        }
        return prior;
    }
}

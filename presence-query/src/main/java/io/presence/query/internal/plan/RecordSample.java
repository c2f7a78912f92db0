package io.presence.query.internal.plan;

import io.presence.query.Attributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Some of the records that events carried last, to tell how often a term is hit: what is common in events is a bad key,
 * whatever queries ask for.
 *
 * <p><b>Cost.</b> Keeps at most {@value #SIZE} records and, as weighed, 8 MiB: a record that is too heavy for what is
 * left takes the place of the oldest ones. Offering one takes constant time and allocates nothing, except what weighing
 * one in {@value #INTERVAL} does. Estimating takes at most the operations that the caller permits: an operation is a
 * term asked of a record, or an element of a list looked at for it.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <R> the type of records
 */
final class RecordSample<R> {
    /** How many records are kept. */
    static final int SIZE = 64;

    /* One in so many is taken once the sample is full, so that it spans more than the last few moments. */
    private static final int INTERVAL = 16;
    /* The more terms there are, the fewer records they are asked of. */
    private static final int MAX_QUESTIONS = 4096;
    private static final int FEW = 4;
    /* How many records the prior counts for. */
    private static final double PRIOR_WEIGHT = 2;
    private static final long MAX_BYTES = 8L << 20;

    private final Function<R, Attributes> attributes;
    private final ToLongFunction<? super R> weigher;
    private final List<R> records = new ArrayList<>(SIZE);
    /* Of each record, in the order of the records. */
    private final long[] weights = new long[SIZE];
    private long bytes;
    private int offered;
    private int next;
    private long operations;

    /**
     * Makes an empty sample.
     *
     * @param attributes what a record shows
     * @param weigher how many bytes a record takes, about
     */
    RecordSample(Function<R, Attributes> attributes, ToLongFunction<? super R> weigher) {
        this.attributes = attributes;
        this.weigher = weigher;
    }

    /** Offers the record of an event. */
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

    /* The oldest is next to be replaced. The others move up, so that the newest is the last. */
    private void dropOldest() {
        Collections.rotate(records, -next);
        rotateWeights(next);
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

    /** Returns the weight of the records that are kept. */
    long bytes() {
        return bytes;
    }

    /** Returns how many records there are. */
    int size() {
        return records.size();
    }

    /** Returns the operations that all estimates have taken. */
    long operations() {
        return operations;
    }

    /** As {@link #share(CandidateTerms, int, double, long)}, by {@value #MAX_QUESTIONS} operations at most. */
    double share(CandidateTerms candidates, int most, double popularity) {
        return share(candidates, most, popularity, MAX_QUESTIONS);
    }

    /**
     * Returns the share of records, 0 to 1, that are expected to have at least one of the terms of a cover.
     *
     * @param most how many records to ask
     * @param crowd the share of queries that are filed under it: what many ask for is likely to be common, as long as
     *     little is known
     * @param limit the most operations to take; records that it does not suffice for are not asked
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

    /** Returns what {@link #share} returns at least, whatever the records have, and whatever is filed. */
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
     * Whether a record has one of the terms, as 1 or 0; negative if that would take too many operations. A loop, as in
     * what it calls: this is most of what adding a query costs.
     */
    private int hit(Attributes record, List<Term> terms, long end) {
        for (int i = 0; i < terms.size(); i++) {
            Term term = terms.get(i);
            int cost = term.cost(record);
            if (operations + cost > end) {
                return -1;
            }
            operations += cost;
            if (term.hits(record)) {
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

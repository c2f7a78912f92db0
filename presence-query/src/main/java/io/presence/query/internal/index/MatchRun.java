package io.presence.query.internal.index;

import io.presence.query.MatchVisitor;
import io.presence.query.internal.ArraySizing;
import io.presence.query.internal.program.Slots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the candidates for a change, each once before and once after it, and tells the subscribers of those that
 * match: first those that match after it, then those that do no more.
 *
 * <p>A pass may have a limit of operations. Once it is spent, only programs that cost less than handing over are run;
 * the other candidates are undecided, and their subscribers are handed over at the end, each once.
 *
 * <p>What has been seen and matched is marked on the queries by the number of the pass, so that nothing has to be
 * cleared.
 *
 * <p><b>Threads.</b> For one thread.
 *
 * @param <S> the type of subscribers
 */
final class MatchRun<S> implements PostingList.Visitor<StandingQuery<S>> {
    /* The operations of a visit of a candidate, and of handing one over. */
    private static final int VISIT = 1;

    /* A mark is the number of a pass, and whether it has left a match before the change that is not one after it. */
    static final int LAST_NUMBER = Integer.MAX_VALUE / 2 - 2;

    private final QueryTable<S> queries;
    private final Replanner<S> replanning;
    private final Slots slots;

    @SuppressWarnings("unchecked") // an array of a generic type can't be made otherwise
    private @Nullable StandingQuery<S>[] left = (StandingQuery<S>[]) new StandingQuery<?>[16];

    private int leftCount;
    private List<StandingQuery<S>> undecided = new ArrayList<>();
    private @Nullable MatchVisitor<? super S> told;
    private MatchVisitor.@Nullable Bounded<? super S> leftTo;
    private long limit = Long.MAX_VALUE;
    private boolean isAfter;
    private int number;
    private int numberBefore;
    private long candidates;
    private long matches;

    MatchRun(QueryTable<S> queries, Replanner<S> replanning, Slots slots) {
        this.queries = queries;
        this.replanning = replanning;
        this.slots = slots;
    }

    /** Fails if a change is being matched: the index must not change meanwhile. */
    void requireIdle() {
        if (told != null) {
            throw new IllegalStateException("index must not be used by a visitor of its own match");
        }
    }

    /** Starts with a change, without a limit. */
    void start(MatchVisitor<? super S> visitor) {
        requireIdle();
        told = visitor;
        leftCount = 0;
        limit = Long.MAX_VALUE;
        slots.resetSpent();
        if (number >= LAST_NUMBER) {
            queries.forEach(StandingQuery::forget);
            number = 0;
        }
    }

    /** Starts with a change, and a limit of operations. */
    void start(MatchVisitor.Bounded<? super S> visitor, long operations) {
        start(visitor);
        leftTo = visitor;
        limit = operations;
    }

    /** Numbers the next pass so: numbers are used up once in a billion changes, and marks then have to be cleared. */
    void number(int newNumber) {
        number = newNumber;
    }

    /** Goes through the candidates for the record before the change, whose values are in the slots. */
    void before(CandidateFinder<StandingQuery<S>> probe) {
        isAfter = false;
        numberBefore = ++number;
        probe.visit(this);
    }

    /** Goes through the candidates for the record after the change, whose values are in the slots. */
    void after(CandidateFinder<StandingQuery<S>> probe) {
        isAfter = true;
        number++;
        probe.visit(this);
    }

    /**
     * Tells of those that matched before and were not found to match after, and hands over those that are undecided.
     */
    void finish() {
        for (int i = 0; i < leftCount; i++) {
            StandingQuery<S> query = left[i];
            if (query != null && isLeft(query.mark)) {
                tell(query, true, false);
            }
        }
        MatchVisitor.Bounded<? super S> visitor = leftTo;
        if (visitor != null) {
            undecided.forEach(query -> query.handOver(visitor));
        }
    }

    /** Ends, whether all went well or not. */
    void end() {
        Arrays.fill(left, 0, leftCount, null);
        told = null;
        leftTo = null;
        if (!undecided.isEmpty()) {
            forgetUndecided();
        }
    }

    private void forgetUndecided() {
        if (!isAfter) {
            /* They are marked with the number of a pass that there was none of. */
            number++;
        }
        undecided = new ArrayList<>();
    }

    /** Takes note that queries were removed: no more than are left can match. */
    void fit() {
        int length = ArraySizing.shrunk(queries.size(), left.length);
        if (length < left.length) {
            left = Arrays.copyOf(left, length);
        }
    }

    @Override
    public boolean candidate(StandingQuery<S> query) {
        slots.spend(VISIT);
        int last = query.mark;
        if (last >> 1 == number) {
            return false;
        }
        if (slots.spent() >= limit && isHandedOver(query)) {
            return true;
        }
        candidates++;
        boolean holds = query.residual().test(slots);
        boolean matchedBefore = isAfter && leftCount > 0 && last == left(numberBefore);
        boolean isLeft = isAfter ? matchedBefore && !holds : holds;
        query.mark = isLeft ? left(number) : number << 1;
        if (!holds) {
            return false;
        }
        matches++;
        if (isAfter) {
            tell(query, matchedBefore, true);
        } else {
            remember(query);
        }
        return true;
    }

    /*
     * Marked as seen in the pass after the change, which has the next number, whichever it is now: so that it is not
     * asked there either, and not taken to have left. True too for the posting that it was found by: that was not in
     * vain.
     */
    private boolean isHandedOver(StandingQuery<S> query) {
        int last = isAfter ? number : number + 1;
        if (query.mark >> 1 == last) {
            return true;
        }
        if (query.residual().isCheap()) {
            return false;
        }
        query.mark = last << 1;
        slots.spend(VISIT);
        undecided.add(query);
        return true;
    }

    private static int left(int pass) {
        return pass << 1 | 1;
    }

    private boolean isLeft(int mark) {
        return mark == left(numberBefore) || (isAfter && mark == left(number));
    }

    @Override
    public void onLowYield(PostingList<? extends StandingQuery<S>> postingList) {
        replanning.offer(postingList);
    }

    private void remember(StandingQuery<S> query) {
        if (leftCount == left.length) {
            left = Arrays.copyOf(left, 2 * leftCount);
        }
        left[leftCount++] = query;
    }

    private void tell(StandingQuery<S> query, boolean before, boolean after) {
        MatchVisitor<? super S> visitor = told;
        if (visitor != null) {
            query.tell(visitor, before, after);
        }
    }

    long candidates() {
        return candidates;
    }

    long matches() {
        return matches;
    }
}

package io.presence.query.internal.index;

import io.presence.query.MatchVisitor;
import io.presence.query.internal.ArraySizing;
import io.presence.query.internal.program.Program;
import io.presence.query.internal.program.Slots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The evaluation of the candidates for one change. Each candidate is evaluated once for the record before the change
 * and once for the record after it. Subscribers of queries that match after the change are visited first, then those of
 * queries that match no longer.
 *
 * <p>A run can have a limit of operations. Once it is spent, only cheap programs are run. The other candidates are
 * undecided, and their subscribers are visited at the end, each once.
 *
 * <p>A mark on each query, made of the number of the pass, records visits and matches, so that nothing must be cleared.
 *
 * <p><b>Threads.</b> For one thread.
 *
 * @param <S> the type of subscribers
 */
final class MatchRun<S> implements PostingList.Visitor<StandingQuery<S>> {

    /* The operations of a visit of a candidate, and of adding one to the undecided. */
    private static final int VISIT = 1;

    /* A mark is the number of a pass, and a bit for a match before the change that is no match after it. */
    static final int LAST_NUMBER = Integer.MAX_VALUE / 2 - 2;

    private final QueryTable<S> queries;
    private final Replanner<S> replanning;
    private final Slots slots;

    @SuppressWarnings("unchecked") // an array of a generic type can't be made otherwise
    private @Nullable StandingQuery<S>[] left = (StandingQuery<S>[]) new StandingQuery<?>[16];

    private int leftCount;
    private List<StandingQuery<S>> undecided = new ArrayList<>();
    private @Nullable MatchVisitor<? super S> active;
    private MatchVisitor.@Nullable Bounded<? super S> leftTo;
    private long limit = Long.MAX_VALUE;
    private boolean isAfter;
    private int number;
    private int numberBefore;
    private long candidates;
    private long matches;
    /* Written so that the compiler removes no read ahead. */
    @SuppressWarnings("unused")
    private int read;

    MatchRun(QueryTable<S> queries, Replanner<S> replanning, Slots slots) {
        this.queries = queries;
        this.replanning = replanning;
        this.slots = slots;
    }

    /** Fails during a match, when the index must not change. */
    void requireIdle() {
        if (active != null) {
            throw new IllegalStateException("index must not be used by a visitor of its own match");
        }
    }

    /** Starts a run without a limit. The index must be idle. */
    void start(MatchVisitor<? super S> visitor) {
        active = visitor;
        leftCount = 0;
        limit = Long.MAX_VALUE;
        slots.resetSpent();
        if (number >= LAST_NUMBER) {
            queries.forEach(StandingQuery::forget);
            number = 0;
        }
    }

    /** Starts a run with a limit of operations. The index must be idle. */
    void start(MatchVisitor.Bounded<? super S> visitor, long operations) {
        start(visitor);
        leftTo = visitor;
        limit = operations;
    }

    /** Sets the number of the next pass. Marks are cleared after a billion changes, when numbers are used up. */
    void number(int newNumber) {
        number = newNumber;
    }

    /** Evaluates the candidates for the record before the change, whose values are in the slots. */
    void before(CandidateFinder<StandingQuery<S>> probe) {
        isAfter = false;
        numberBefore = ++number;
        probe.visit(this);
    }

    /** Evaluates the candidates for the record after the change, whose values are in the slots. */
    void after(CandidateFinder<StandingQuery<S>> probe) {
        isAfter = true;
        number++;
        probe.visit(this);
    }

    /** Visits the subscribers of queries that match no longer, and of undecided queries. */
    void finish() {
        for (int i = 0; i < leftCount; i++) {
            StandingQuery<S> query = left[i];
            if (query != null && isLeft(query.mark)) {
                visit(query, true, false);
            }
        }
        MatchVisitor.Bounded<? super S> visitor = leftTo;
        if (visitor != null && !undecided.isEmpty()) {
            undecided.forEach(query -> query.handOver(visitor));
        }
    }

    /** Ends the run, also after a failure. */
    void end() {
        Arrays.fill(left, 0, leftCount, null);
        active = null;
        leftTo = null;
        if (!undecided.isEmpty()) {
            forgetUndecided();
        }
    }

    private void forgetUndecided() {
        if (!isAfter) {
            /* Their marks have the number of a pass that did not take place. */
            number++;
        }
        undecided.clear();
        undecided = new ArrayList<>();
    }

    /** Shrinks the array to the number of queries, which bounds the number of matches. */
    void fit() {
        int length = ArraySizing.shrunk(queries.size(), left.length);
        if (length < left.length) {
            left = Arrays.copyOf(left, length);
        }
    }

    /** Reads the queries first, then what each of them refers to, then the first instructions of their programs. */
    @Override
    public void onAhead(Posting<? extends StandingQuery<S>>[] postings, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += postings[i].query().mark;
        }
        for (int i = from; i < to; i++) {
            sum += StandingQuery.residual(postings[i]).hash()
                    + postings[i].query().readAhead();
        }
        for (int i = from; i < to; i++) {
            sum += StandingQuery.residual(postings[i]).firstSlot();
        }
        read = sum;
    }

    @Override
    public boolean candidate(Posting<? extends StandingQuery<S>> posting) {
        slots.spend(VISIT);
        StandingQuery<S> query = posting.query();
        int last = query.mark;
        if (last >> 1 == number) {
            return false;
        }
        Program residual = StandingQuery.residual(posting);
        if (slots.spent() >= limit && isHandedOver(query, residual)) {
            return true;
        }
        candidates++;
        boolean holds = residual.test(slots);
        boolean matchedBefore = isAfter && leftCount > 0 && last == left(numberBefore);
        boolean isLeft = isAfter ? matchedBefore && !holds : holds;
        query.mark = isLeft ? left(number) : number << 1;
        if (!holds) {
            return false;
        }
        matches++;
        if (isAfter) {
            visit(query, matchedBefore, true);
        } else {
            remember(query);
        }
        return true;
    }

    /*
     * The mark is that of the pass after the change, which always has the next number. So the query is not evaluated in
     * that pass, and does not count as a match that has ended. The result is true, so that it counts as no miss.
     */
    private boolean isHandedOver(StandingQuery<S> query, Program residual) {
        int last = isAfter ? number : number + 1;
        if (query.mark >> 1 == last) {
            return true;
        }
        if (residual.isCheap()) {
            return false;
        }
        undecided.add(query);
        query.mark = last << 1;
        slots.spend(VISIT);
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

    private void visit(StandingQuery<S> query, boolean before, boolean after) {
        MatchVisitor<? super S> visitor = active;
        if (visitor != null) {
            query.visit(visitor, before, after);
        }
    }

    /** Counts from the numbers of another run on. */
    void countFrom(MatchRun<S> former) {
        candidates = former.candidates;
        matches = former.matches;
    }

    long candidates() {
        return candidates;
    }

    long matches() {
        return matches;
    }
}

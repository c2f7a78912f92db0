package io.presence.linear;

import io.presence.Version;
import io.presence.concurrency.Lockstep;
import io.presence.linear.Answer.Result;
import io.presence.linear.Operation.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;

/**
 * Records what threads do to a few presences of a store and to its clock. In each round it records one history of each
 * presence: it may write the presence, then three threads make random calls at once, and then it reads the presence at
 * each tick until it has ended, so that no deadline remains unknown.
 */
final class HistoryRecorder {

    private static final String[] IDS = {"p", "q"};
    private static final int THREADS = 3;
    private static final int CALLS = 3;
    private static final int NOT_BY_THREAD = THREADS;

    private final long seed;
    private final HandMovedStore store;
    private final AtomicLong events = new AtomicLong();
    private final AtomicReferenceArray<Version> seen = new AtomicReferenceArray<>(IDS.length);
    private final RandomOperations[] random = new RandomOperations[THREADS + 1];
    private final List<List<Recorded>> recorded = new ArrayList<>();
    private final List<History> histories = new ArrayList<>();
    private long start;

    /** A call, and the index of its presence. */
    private record Recorded(int presence, Call call) {}

    private HistoryRecorder(long seed, HandMovedStore store) {
        this.seed = seed;
        this.store = store;
        for (int i = 0; i <= THREADS; i++) {
            recorded.add(new ArrayList<>());
        }
    }

    /** Records rounds. The calls depend on the seed, except for the versions in conditions. */
    static List<History> record(long seed, int rounds) {
        try (HandMovedStore store = new HandMovedStore(Lockstep::stagger)) {
            HistoryRecorder recorder = new HistoryRecorder(seed, store);
            Lockstep.Actor[] actors = new Lockstep.Actor[THREADS];
            Arrays.setAll(actors, thread -> round -> recorder.call(thread));
            Lockstep.run(rounds, recorder::begin, round -> recorder.end(), actors);
            return recorder.histories;
        }
    }

    private void begin(int round) {
        for (int i = 0; i <= THREADS; i++) {
            random[i] = new RandomOperations(seed + (long) round * (THREADS + 1) + i);
            recorded.get(i).clear();
        }
        start = store.now();
        for (int i = 0; i < IDS.length; i++) {
            seen.set(i, null);
            store.perform(IDS[i], Operation.delete());
        }
        RandomOperations setup = random[NOT_BY_THREAD];
        if (setup.below(2) == 0) {
            drain();
        }
        for (int i = 0; i < IDS.length; i++) {
            if (setup.below(4) > 0) {
                call(NOT_BY_THREAD, i, Operation.upsert(setup.status(), setup.ttl()));
            }
        }
        if (setup.below(2) == 0) {
            call(NOT_BY_THREAD, 0, Operation.advance(1));
        }
    }

    private void drain() {
        while (store.doWork() > 0) {
            Thread.onSpinWait();
        }
    }

    /* The first thread also dispatches, which no caller sees. */
    private void call(int thread) {
        RandomOperations own = random[thread];
        for (int i = 0; i < CALLS; i++) {
            int presence = own.below(4) == 0 ? 1 : 0;
            call(thread, presence, own.next(seen.get(presence)));
            if (thread == 0 && own.below(2) == 0) {
                store.doWork();
            }
        }
    }

    private void call(int thread, int presence, Operation operation) {
        long earliest = store.now();
        long invoked = events.incrementAndGet();
        Answer answer = store.perform(IDS[presence], operation);
        long returned = events.incrementAndGet();
        recorded.get(thread).add(new Recorded(presence, new Call(operation, answer, earliest, invoked, returned)));
        if (answer.version() != null) {
            seen.set(presence, answer.version());
        }
    }

    private void end() {
        for (int tick = 0; tick <= RandomOperations.MAX_TTL; tick++) {
            for (int i = 0; i < IDS.length; i++) {
                call(NOT_BY_THREAD, i, Operation.get());
            }
            call(NOT_BY_THREAD, 0, Operation.advance(1));
        }
        for (int i = 0; i < IDS.length; i++) {
            histories.add(historyOf(i));
        }
    }

    private History historyOf(int presence) {
        Stream<Call> calls = recorded.stream()
                .flatMap(List::stream)
                .filter(each -> each.presence() == presence || isAdvance(each.call()))
                .map(Recorded::call);
        return new History(start, calls.toList());
    }

    private static boolean isAdvance(Call call) {
        return call.operation().kind() == Kind.ADVANCE && call.answer().result() == Result.ADVANCED;
    }
}

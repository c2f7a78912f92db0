package io.presence.bench.soak;

import io.presence.Channel;
import io.presence.Presence;
import io.presence.PresencePage;
import io.presence.PresenceStats;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.bench.soak.Worker.Gate;
import io.presence.lock.SoftLock;
import io.presence.query.Query;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** One store with its writers and listeners, from the first presence to the close of the store. */
final class Soak {

    private static final int WRITERS = 3;
    private static final int ROOM_FOR_STORMS = 4;

    private final SoakPlan plan;
    private final Findings findings;
    private final StoppableClock clock = new StoppableClock();
    private final Gate gate = new Gate();
    private final AtomicLong handled = new AtomicLong();
    private final PresenceStore store;
    private final Census empty;
    private final List<Writer> writers;
    private final Clients clients;
    private final Visitors visitors;
    private final Ballast ballast;
    private final Listeners listeners;
    private final HeapBand heap;
    private long otherThreads;

    Soak(SoakPlan plan, Findings findings) {
        this.plan = plan;
        this.findings = findings;
        store = PresenceStore.builder()
                .name(Threads.STORE)
                .nanoClock(clock)
                .wallClock(clock)
                .index("metadata.room")
                .maxPresences(ROOM_FOR_STORMS * plan.presences() + 1_000_000)
                .historySize(SoakPlan.HISTORY)
                .lastSeen(SoakPlan.LAST_SEEN, Duration.ofDays(1))
                .maxListenerThreads(SoakPlan.LISTENER_THREADS)
                .slowListenerThreshold(Duration.ofMinutes(10))
                .lockPolicy((principal, resource) -> true)
                .stealRule((principal, held) -> true)
                .onListenerError((subscription, thrown) -> handled.incrementAndGet())
                .build();
        clock.start();
        useOnce();
        empty = Census.take();
        clock.start();
        writers = IntStream.range(0, WRITERS)
                .mapToObj(number -> new Writer(store, plan, number, WRITERS, gate, findings))
                .toList();
        clients = new Clients(store, plan, gate, findings);
        visitors = new Visitors(store, plan, gate, findings);
        ballast = new Ballast(gate, findings);
        listeners = new Listeners(store, gate, findings);
        heap = new HeapBand(ballast.bytes(), plan.warmUp(), findings);
    }

    /* Loads the classes of each kind of object and fills the history, so that the first census has them. */
    private void useOnce() {
        try (PresenceSession session = store.open(Principal.user("first").build())) {
            session.subscribe(Channel.presences(), event -> {});
            session.upsert(PresenceUpsert.of("first", "online").metadata(Map.of("room", Writer.room(0))));
            session.tryLock("doc:first").ifPresent(SoftLock::close);
        }
        store.delivered().toCompletableFuture().join();
        clock.stop();
        fillHistory();
    }

    /** Creates the presences that are kept alive, and starts the workers. */
    List<Thread> start() {
        writers.forEach(Writer::populate);
        List<Worker> workers = new ArrayList<>(writers);
        workers.addAll(List.of(clients, visitors, ballast));
        listeners.pause();
        List<Thread> threads = workers.stream().map(Soak::started).toList();
        otherThreads = Threads.others();
        return threads;
    }

    private static Thread started(Worker worker) {
        Thread thread = new Thread(worker, "soak-" + worker.getClass().getSimpleName());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Stops everything, compares, measures and goes on. */
    void checkpoint(int number) {
        gate.checkpoint().lock();
        try {
            clock.stop();
            listeners.resume();
            compare("at checkpoint " + number);
            clock.skip(SoakPlan.SHORT_TTL);
            compare("at checkpoint " + number + " without short TTLs");
            listeners.throwOnce("at checkpoint " + number);
            compareErrors("at checkpoint " + number);
            compareLocks("at checkpoint " + number);
            long live = heap.measure();
            requireVisitorsGone("at checkpoint " + number);
            requireThreads("at checkpoint " + number);
            System.out.printf(
                    "checkpoint %d: %,d presences, %,d operations, %,d ids used once, %,d MiB live, %d threads, %s%n",
                    number,
                    store.count(),
                    operations(),
                    newIds(),
                    HeapBand.mib(live),
                    Threads.others() + Threads.ofListeners(),
                    store.stats());
            listeners.pause();
            clock.start();
        } finally {
            gate.checkpoint().unlock();
        }
    }

    private void compare(String when) {
        Quiet.await(store, when, findings);
        Map<String, Presence> truth = Listing.read(store, plan);
        long least = plan.presences() / 10 * 9;
        findings.require(
                truth.size() >= least,
                "presences kept alive " + when + " must be at least " + least + ": " + truth.size());
        findings.requireEqual("presences listed by rooms " + when, store.count(), truth.size());
        findings.requireEqual(
                "presences by status " + when,
                truth.size(),
                store.statusCounts().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
        listeners.compare(truth, locks(), when);
        clients.compare(truth, when);
        findings.requireEqual(
                "open sessions " + when, clients.openSessions(), store.stats().sessions());
    }

    private void requireVisitorsGone(String when) {
        int kept = visitors.keptAfterClose();
        findings.require(kept == 0, "listeners of closed subscriptions must be gone " + when + ": " + kept);
    }

    /* A store adds and ends threads for its listeners. All others are there from the start. */
    private void requireThreads(String when) {
        long ofListeners = Threads.ofListeners();
        findings.require(
                ofListeners <= SoakPlan.LISTENER_THREADS,
                "threads of listeners " + when + " must be at most " + SoakPlan.LISTENER_THREADS + ": " + ofListeners);
        findings.requireEqual("other threads " + when, otherThreads, Threads.others());
    }

    private Map<String, Presence> locks() {
        Map<String, Presence> held = new HashMap<>();
        PresencePage page = store.locks().list(Query.limit(5000));
        page.presences().forEach(lock -> held.put(lock.id(), lock));
        return held;
    }

    private void compareLocks(String when) {
        boolean isEqual = Quiet.poll(() -> clients.heldLocks() == store.locks().count());
        findings.require(
                isEqual,
                "locks held by clients " + when + " must be " + store.locks().count() + ": " + clients.heldLocks());
    }

    private void compareErrors(String when) {
        findings.requireEqual("handled errors of listeners " + when, listeners.thrown(), handled.get());
        findings.requireEqual(
                "counted errors of listeners " + when,
                listeners.thrown(),
                store.stats().listenerErrors());
        Map<String, Long> others = new HashMap<>(store.health().failures());
        others.remove("LISTENER");
        findings.require(others.isEmpty(), "failures " + when + " must be none beside those of listeners: " + others);
    }

    /** Ends all presences, sessions and subscriptions, requires that nothing is left, and closes the store. */
    void end() {
        gate.end();
        gate.checkpoint().lock();
        gate.checkpoint().unlock();
        listeners.resume();
        visitors.closeAll();
        clients.closeAll();
        clock.stop();
        clock.skip(SoakPlan.LONG_TTL.plus(SoakPlan.SHORT_TTL));
        Quiet.await(store, "at the end", findings);
        Map<String, Presence> none = Map.of();
        listeners.compare(none, none, "at the end");
        compareErrors("at the end");
        listeners.closeAll();
        Quiet.await(store, "after all closes", findings);
        PresenceStats left = store.stats();
        findings.requireEqual("presences left", 0, left.presences());
        findings.requireEqual("sessions left", 0, left.sessions());
        findings.requireEqual("subscriptions left", 0, left.subscriptions());
        findings.requireEqual("locks left", 0, store.locks().count());
        findings.requireEqual("statuses left", 0, store.statusCounts().size());
        fillHistory();
        Census.take().requireEmpty(empty, findings);
        requireVisitorsGone("at the end");
        System.out.println(clients.summary());
        System.out.println(visitors.summary());
        System.out.println(listeners.summary());
        store.close();
        findings.requireEqual("changes lost by close", 0, store.health().undeliveredChanges());
    }

    /* Replaces the changes that the store keeps for resumed subscriptions by those of one presence. */
    private void fillHistory() {
        for (int i = 0; i < 2 * SoakPlan.HISTORY; i++) {
            store.upsert(PresenceUpsert.of("last", "last", "online-" + i % 2).expiresIn(SoakPlan.SHORT_TTL));
            store.flush().toCompletableFuture().join();
        }
        store.delete("last");
        clock.skip(SoakPlan.SHORT_TTL);
        Quiet.await(store, "with a history of one presence", findings);
    }

    long newIds() {
        return writers.stream().mapToLong(Writer::newIds).sum();
    }

    long operations() {
        return writers.stream().mapToLong(Writer::operations).sum();
    }
}

package io.presence.bench.soak;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.PresenceStore;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.query.Query;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Subscriptions with filters that come and go. A listener must not be called after its subscription was closed, and
 * must not remain on the heap.
 */
final class Visitors extends Worker {

    private static final int OPEN = 200;
    private static final int BATCH = 8;
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int MAX_WATCHED = 20_000;

    private final PresenceStore store;
    private final SoakPlan plan;
    private final Findings findings;
    private final SplittableRandom random;
    private final Queue<Visit> open = new ArrayDeque<>();
    private final List<WeakReference<Visitor>> closed = new ArrayList<>();
    private long opened;

    private record Visit(Subscription subscription, Visitor visitor) {}

    private static final class Visitor implements PresenceListener {

        private final Findings findings;
        private volatile boolean isClosed;

        Visitor(Findings findings) {
            this.findings = findings;
        }

        @Override
        public void onEvent(PresenceEvent event) {
            findings.require(!isClosed, "a listener must not be called after close: " + event.change());
        }
    }

    Visitors(PresenceStore store, SoakPlan plan, Gate gate, Findings findings) {
        super(gate, findings);
        this.store = store;
        this.plan = plan;
        this.findings = findings;
        this.random = new SplittableRandom(plan.seed() * 31);
    }

    @Override
    void batch() {
        for (int i = 0; i < BATCH; i++) {
            Visitor visitor = new Visitor(findings);
            open.add(new Visit(subscribe(visitor, random.nextInt(6)), visitor));
            opened++;
        }
        while (open.size() > OPEN) {
            close(open.remove());
        }
    }

    @Override
    void rest() {
        LockSupport.parkNanos(REST_NANOS);
    }

    private Subscription subscribe(Visitor visitor, int kind) {
        SubscriptionOptions live = SubscriptionOptions.defaults();
        Query.Filter room = Query.equal("metadata.room", Writer.room(random.nextInt(plan.rooms())));
        int x = random.nextInt(1000);
        return switch (kind) {
            case 0 -> store.subscribe(Channel.presences(), live.withSnapshot(), visitor, room);
            case 1 ->
                store.subscribe(Channel.presences(), live.onDispatcher(), visitor, room, Query.equal("status", "busy"));
            case 2 -> store.subscribe(Channel.presences(), live, visitor, Query.between("metadata.x", x, x + 1));
            case 3 -> store.subscribe(Channel.presence("resident-" + random.nextInt(plan.presences())), live, visitor);
            case 4 -> store.subscribe(Channel.presences(), live, visitor, Query.or(room, Query.equal("metadata.x", x)));
            default -> store.subscribe(Channel.presences(), live, visitor, Query.startsWith("$id", "once-0-" + x));
        };
    }

    private void close(Visit visit) {
        visit.subscription().close();
        /* A call that has begun continues after the close. */
        visit.subscription().closeFuture().thenRun(() -> visit.visitor().isClosed = true);
        if (closed.size() < MAX_WATCHED) {
            closed.add(new WeakReference<>(visit.visitor()));
        }
    }

    void closeAll() {
        while (!open.isEmpty()) {
            close(open.remove());
        }
    }

    int openSubscriptions() {
        return open.size();
    }

    /** Returns how many listeners of closed subscriptions are on the heap, after a collection, and forgets the rest. */
    int keptAfterClose() {
        closed.removeIf(visitor -> visitor.refersTo(null));
        return closed.size();
    }

    String summary() {
        return opened + " subscriptions opened and closed";
    }
}

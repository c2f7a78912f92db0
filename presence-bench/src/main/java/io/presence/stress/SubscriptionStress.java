package io.presence.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.presence.Channel;
import io.presence.Subscription;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Subscribing and closing against the dispatcher. */
public final class SubscriptionStress {

    private SubscriptionStress() {}

    /** Counts the calls that begin after {@code close()} returned, and whether {@code closed()} was complete by then. */
    @JCStressTest
    @Outcome(
            id = {"0, true", "0, false"},
            expect = ACCEPTABLE,
            desc = "no call began late")
    @Outcome(id = "1, false", expect = ACCEPTABLE_INTERESTING, desc = "one had passed the gate and got going late")
    @Outcome(expect = FORBIDDEN, desc = "calls began though the subscription was closed")
    @State
    public static class CloseDeliver {

        private final StoreFixture scene = StoreFixture.take();
        private final Subscription subscription;
        private volatile boolean returned;
        private int late;

        /** Leaves two events to tell. */
        public CloseDeliver() {
            subscription = scene.subscribe(event -> late += returned ? 1 : 0);
            scene.drain();
            scene.upsert("q", "online", 1);
            scene.update("away");
        }

        /** Closes. */
        @Actor
        public void close(IZ_Result r) {
            subscription.close();
            r.r2 = subscription.closeFuture().toCompletableFuture().isDone();
            returned = true;
        }

        /** Delivers. */
        @Actor
        public void deliver() {
            scene.store.doWork();
        }

        /** Reads the count. */
        @Arbiter
        public void count(IZ_Result r) {
            r.r1 = late;
            scene.giveBack();
        }
    }

    /** A write after {@code subscribe} returned is told, whatever the dispatcher was at. */
    @JCStressTest
    @Outcome(id = "ENTER", expect = ACCEPTABLE, desc = "told, once")
    @Outcome(expect = FORBIDDEN, desc = "missed, or told twice")
    @State
    public static class SubscribeWrite {

        private final StoreFixture scene = StoreFixture.take();
        private final StringBuilder told = new StringBuilder();

        /** Leaves something to dispatch. */
        public SubscribeWrite() {
            scene.update("away");
        }

        /** Subscribes, then writes. */
        @Actor
        public void subscribe() {
            scene.subscribe(Channel.presence("q"), event -> told.append(event.change()));
            scene.upsert("q", "online", StoreFixture.TTL);
        }

        /** Dispatches. */
        @Actor
        public void dispatch() {
            scene.store.doWork();
            scene.store.doWork();
        }

        /** Asks what was told. */
        @Arbiter
        public void tell(L_Result r) {
            scene.drain();
            r.r1 = told.toString();
            scene.giveBack();
        }
    }

    /** A snapshot and the events after it make up what is there, each step once. */
    @JCStressTest
    @Outcome(id = "second, ENTER", expect = ACCEPTABLE, desc = "the snapshot had the write")
    @Outcome(id = "second, ENTER UPDATE", expect = ACCEPTABLE, desc = "the write came after the snapshot")
    @Outcome(expect = FORBIDDEN, desc = "a gap or a duplicate")
    @State
    public static class Snapshot {

        private final StoreFixture scene = StoreFixture.take();
        private final StoreFixture.Told told = new StoreFixture.Told();

        /** Leaves a write to dispatch. */
        public Snapshot() {
            scene.update("first");
            scene.drain();
        }

        /** Subscribes and dispatches. */
        @Actor
        public void subscribe() {
            scene.subscribe(told);
            scene.store.doWork();
        }

        /** Writes. */
        @Actor
        public void write() {
            scene.update("second");
        }

        /** Asks what was put together. */
        @Arbiter
        public void tell(LL_Result r) {
            scene.drain();
            r.r1 = told.status;
            r.r2 = told.steps.toString().trim();
            scene.giveBack();
        }
    }
}

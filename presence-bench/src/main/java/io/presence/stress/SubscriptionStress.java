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

/** Races of subscribe and close with the dispatcher. */
public final class SubscriptionStress {

    private SubscriptionStress() {}

    /** Counts the calls that begin after {@code close()} returned, and reads whether its future was complete then. */
    @JCStressTest
    @Outcome(
            id = {"0, true", "0, false"},
            expect = ACCEPTABLE,
            desc = "no call began late")
    @Outcome(id = "1, false", expect = ACCEPTABLE_INTERESTING, desc = "one call had entered the gate and began late")
    @Outcome(expect = FORBIDDEN, desc = "calls began after the close")
    @State
    public static class CloseDeliver {

        private final StoreFixture fixture = StoreFixture.take();
        private final Subscription subscription;
        private volatile boolean returned;
        private int late;

        /** Writes two changes. */
        public CloseDeliver() {
            subscription = fixture.subscribe(event -> late += returned ? 1 : 0);
            fixture.drain();
            fixture.upsert("q", "online", 1);
            fixture.update("away");
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
            fixture.store.doWork();
        }

        /** Reads the count. */
        @Arbiter
        public void count(IZ_Result r) {
            r.r1 = late;
            fixture.giveBack();
        }
    }

    /** A write after {@code subscribe} returned is delivered, in whatever stage the dispatcher was. */
    @JCStressTest
    @Outcome(id = "ENTER", expect = ACCEPTABLE, desc = "delivered once")
    @Outcome(expect = FORBIDDEN, desc = "missed, or delivered twice")
    @State
    public static class SubscribeWrite {

        private final StoreFixture fixture = StoreFixture.take();
        private final StringBuilder changes = new StringBuilder();

        /** Writes a change. */
        public SubscribeWrite() {
            fixture.update("away");
        }

        /** Subscribes, then writes. */
        @Actor
        public void subscribe() {
            fixture.subscribe(Channel.presence("q"), event -> changes.append(event.change()));
            fixture.upsert("q", "online", StoreFixture.TTL);
        }

        /** Dispatches. */
        @Actor
        public void dispatch() {
            fixture.store.doWork();
            fixture.store.doWork();
        }

        /** Reads the delivered changes. */
        @Arbiter
        public void check(L_Result r) {
            fixture.drain();
            r.r1 = changes.toString();
            fixture.giveBack();
        }
    }

    /** A snapshot and the later events give the visible presences, each change once. */
    @JCStressTest
    @Outcome(id = "second, ENTER", expect = ACCEPTABLE, desc = "the snapshot contained the write")
    @Outcome(id = "second, ENTER UPDATE", expect = ACCEPTABLE, desc = "the write came after the snapshot")
    @Outcome(expect = FORBIDDEN, desc = "a gap or a duplicate")
    @State
    public static class Snapshot {

        private final StoreFixture fixture = StoreFixture.take();
        private final StoreFixture.RecordingListener listener = new StoreFixture.RecordingListener();

        /** Writes a change and dispatches it. */
        public Snapshot() {
            fixture.update("first");
            fixture.drain();
        }

        /** Subscribes and dispatches. */
        @Actor
        public void subscribe() {
            fixture.subscribe(listener);
            fixture.store.doWork();
        }

        /** Writes. */
        @Actor
        public void write() {
            fixture.update("second");
        }

        /** Reads the recorded status and changes. */
        @Arbiter
        public void check(LL_Result r) {
            fixture.drain();
            r.r1 = listener.status;
            r.r2 = listener.changes.toString().trim();
            fixture.giveBack();
        }
    }
}

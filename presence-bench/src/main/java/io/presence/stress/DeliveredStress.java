package io.presence.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.presence.Channel;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Races of {@code delivered()} with a drain, a pause and a close. */
public final class DeliveredStress {

    private DeliveredStress() {}

    /** A subscription with one pending change, and a drain that the executor has not run. */
    abstract static class Race {

        final StoreFixture fixture = StoreFixture.take();
        final StoreFixture.ManualExecutor executor = new StoreFixture.ManualExecutor();
        final Subscription subscription;
        private volatile boolean isCalled;
        private volatile boolean isEarly;
        private volatile CompletableFuture<Void> delivered = new CompletableFuture<>();

        Race() {
            subscription = fixture.subscribe(
                    Channel.presence("q"), SubscriptionOptions.defaults().executor(executor), event -> isCalled = true);
            fixture.drain();
            fixture.upsert("q", "online", StoreFixture.TTL);
            fixture.drain();
        }

        void waitForDelivery() {
            delivered =
                    fixture.store.delivered().thenRun(() -> isEarly = !isCalled).toCompletableFuture();
            fixture.drain();
        }

        /* The executor runs nothing more, so that a stage that nothing completes stays incomplete. */
        void check(ZZ_Result r) {
            fixture.drain();
            r.r1 = delivered.isDone();
            r.r2 = isEarly;
            fixture.giveBack();
        }
    }

    /** {@code delivered()} races with the drain. */
    @JCStressTest
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "completed, after the call")
    @Outcome(id = "true, true", expect = FORBIDDEN, desc = "completed before the call")
    @Outcome(expect = FORBIDDEN, desc = "never completed")
    @State
    public static class Drain extends Race {

        /** Drains. */
        @Actor
        public void deliver() {
            executor.run();
        }

        /** Calls {@code delivered()} and dispatches. */
        @Actor
        public void dispatch() {
            waitForDelivery();
        }

        /** Reads the result. */
        @Arbiter
        public void count(ZZ_Result r) {
            check(r);
        }
    }

    /** {@code delivered()} races with a pause. */
    @JCStressTest
    @Outcome(
            id = {"true, true", "true, false"},
            expect = ACCEPTABLE,
            desc = "completed")
    @Outcome(expect = FORBIDDEN, desc = "never completed")
    @State
    public static class Pause extends Race {

        /** Pauses. */
        @Actor
        public void pause() {
            subscription.pause();
        }

        /** Calls {@code delivered()} and dispatches. */
        @Actor
        public void dispatch() {
            waitForDelivery();
        }

        /** Reads the result. */
        @Arbiter
        public void count(ZZ_Result r) {
            check(r);
        }
    }

    /** {@code delivered()} races with a close by another thread. */
    @JCStressTest
    @Outcome(
            id = {"true, true", "true, false"},
            expect = ACCEPTABLE,
            desc = "completed")
    @Outcome(expect = FORBIDDEN, desc = "never completed")
    @State
    public static class Close extends Race {

        /** Closes. */
        @Actor
        public void close() {
            subscription.close();
        }

        /** Calls {@code delivered()} and dispatches. */
        @Actor
        public void dispatch() {
            waitForDelivery();
        }

        /** Reads the result. */
        @Arbiter
        public void count(ZZ_Result r) {
            check(r);
        }
    }
}

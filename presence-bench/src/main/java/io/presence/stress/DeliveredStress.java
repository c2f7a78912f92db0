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

/** The dispatcher, which marks what {@code delivered()} waits for, against what ends the wait. */
public final class DeliveredStress {

    private DeliveredStress() {}

    /** What each race begins with: a change that is pending, and a turn that the executor has. */
    abstract static class Race {

        final StoreFixture scene = StoreFixture.take();
        final StoreFixture.Tasks tasks = new StoreFixture.Tasks();
        final Subscription subscription;
        private volatile boolean isCalled;
        private volatile boolean isEarly;
        private volatile CompletableFuture<Void> delivered = new CompletableFuture<>();

        Race() {
            subscription = scene.subscribe(
                    Channel.presence("q"), SubscriptionOptions.defaults().executor(tasks), event -> isCalled = true);
            scene.drain();
            scene.upsert("q", "online", StoreFixture.TTL);
            scene.drain();
        }

        void await() {
            delivered =
                    scene.store.delivered().thenRun(() -> isEarly = !isCalled).toCompletableFuture();
            scene.drain();
        }

        /* The executor gets nothing more to run, so a wait that nothing ends is left. */
        void judge(ZZ_Result r) {
            scene.drain();
            r.r1 = delivered.isDone();
            r.r2 = isEarly;
            scene.giveBack();
        }
    }

    /** The end of the turn. */
    @JCStressTest
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "completed, after the call")
    @Outcome(id = "true, true", expect = FORBIDDEN, desc = "completed before the call")
    @Outcome(expect = FORBIDDEN, desc = "waits for ever")
    @State
    public static class Turn extends Race {

        /** Takes the turn. */
        @Actor
        public void deliver() {
            tasks.run();
        }

        /** Waits. */
        @Actor
        public void dispatch() {
            await();
        }

        /** Asks what became of it. */
        @Arbiter
        public void count(ZZ_Result r) {
            judge(r);
        }
    }

    /** A pause. */
    @JCStressTest
    @Outcome(
            id = {"true, true", "true, false"},
            expect = ACCEPTABLE,
            desc = "completed")
    @Outcome(expect = FORBIDDEN, desc = "waits for ever")
    @State
    public static class Pause extends Race {

        /** Pauses. */
        @Actor
        public void pause() {
            subscription.pause();
        }

        /** Waits. */
        @Actor
        public void dispatch() {
            await();
        }

        /** Asks what became of it. */
        @Arbiter
        public void count(ZZ_Result r) {
            judge(r);
        }
    }

    /** A close, by another thread. */
    @JCStressTest
    @Outcome(
            id = {"true, true", "true, false"},
            expect = ACCEPTABLE,
            desc = "completed")
    @Outcome(expect = FORBIDDEN, desc = "waits for ever")
    @State
    public static class Close extends Race {

        /** Closes. */
        @Actor
        public void close() {
            subscription.close();
        }

        /** Waits. */
        @Actor
        public void dispatch() {
            await();
        }

        /** Asks what became of it. */
        @Arbiter
        public void count(ZZ_Result r) {
            judge(r);
        }
    }
}

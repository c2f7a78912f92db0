package io.presence.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.presence.Channel;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A turn that an executor begins late against the dispatcher, which submits it again. */
public final class DrainStress {

    private static final long HOUR = 3_600_000;
    private static final long SECOND = 1_000;

    private DrainStress() {}

    /**
     * The executor begins the first turn while the dispatcher, after two seconds, submits it again.
     *
     * <p>One of the two turns delivers the change, the other does nothing.
     */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "delivered once")
    @Outcome(expect = FORBIDDEN, desc = "delivered twice, or left")
    @State
    public static class LateSubmitAgain {

        private final StoreFixture scene = StoreFixture.take();
        private final StoreFixture.Tasks tasks = new StoreFixture.Tasks();
        private final Subscription subscription;
        private int delivered;

        /** Adds a change, and lets the time pass. */
        public LateSubmitAgain() {
            scene.upsert("r", "online", HOUR);
            scene.drain();
            subscription = scene.subscribe(
                    Channel.presence("r"), SubscriptionOptions.defaults().executor(tasks), event -> delivered++);
            scene.drain();
            scene.update("r", "away");
            scene.drain();
            scene.pass(SECOND);
            scene.drain();
            scene.pass(SECOND);
        }

        /** Submits the turn again. */
        @Actor
        public void submit() {
            scene.store.doWork();
        }

        /** Begins the turn, or both. */
        @Actor
        public void take() {
            tasks.run();
        }

        /** Counts. */
        @Arbiter
        public void count(II_Result r) {
            scene.drain();
            tasks.run();
            r.r1 = delivered;
            r.r2 = subscription.pendingCount();
            scene.store.delete("r");
            scene.giveBack();
        }
    }
}

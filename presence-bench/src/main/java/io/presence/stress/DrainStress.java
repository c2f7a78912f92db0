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

/** Races of a drain that an executor begins late with the dispatcher, which submits it again. */
public final class DrainStress {

    private static final long HOUR = 3_600_000;
    private static final long SECOND = 1_000;

    private DrainStress() {}

    /**
     * The executor begins the first drain while the dispatcher submits it again after two seconds. One of the two
     * drains delivers the change, and the other does nothing.
     */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "delivered once")
    @Outcome(expect = FORBIDDEN, desc = "delivered twice, or stranded")
    @State
    public static class SubmitAgainLateDrain {

        private final StoreFixture fixture = StoreFixture.take();
        private final StoreFixture.ManualExecutor executor = new StoreFixture.ManualExecutor();
        private final Subscription subscription;
        private int delivered;

        /** Enqueues a change, and advances the clock. */
        public SubmitAgainLateDrain() {
            fixture.upsert("r", "online", HOUR);
            fixture.drain();
            subscription = fixture.subscribe(
                    Channel.presence("r"), SubscriptionOptions.defaults().executor(executor), event -> delivered++);
            fixture.drain();
            fixture.update("r", "away");
            fixture.drain();
            fixture.advance(SECOND);
            fixture.drain();
            fixture.advance(SECOND);
        }

        /** Submits the drain again. */
        @Actor
        public void submit() {
            fixture.store.doWork();
        }

        /** Runs the submitted drains. */
        @Actor
        public void drain() {
            executor.run();
        }

        /** Reads the delivered and the pending count. */
        @Arbiter
        public void count(II_Result r) {
            fixture.drain();
            executor.run();
            r.r1 = delivered;
            r.r2 = subscription.pendingCount();
            fixture.store.delete("r");
            fixture.giveBack();
        }
    }
}

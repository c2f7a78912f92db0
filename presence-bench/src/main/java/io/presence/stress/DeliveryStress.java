package io.presence.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
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
import org.openjdk.jcstress.infra.results.IL_Result;
import org.openjdk.jcstress.infra.results.IZ_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * What the dispatcher leaves for a listener against who takes it out, on an executor of which an actor is the thread. The
 * arbiter runs what that executor was given, and no more: what nobody was told to take is left lying.
 */
public final class DeliveryStress {

    private DeliveryStress() {}

    /** What each race begins with: two presences that are known, and a turn that is to tell of the first. */
    abstract static class Race {

        final StoreFixture scene = StoreFixture.take();
        final StoreFixture.Tasks tasks = new StoreFixture.Tasks();
        final StoreFixture.Told told = new StoreFixture.Told();
        final Subscription subscription;

        Race(SubscriptionOptions options) {
            this(options, false);
        }

        Race(SubscriptionOptions options, boolean onTheSpot) {
            scene.upsert("q", "online", 1);
            scene.drain();
            subscription =
                    scene.subscribe(Channel.presences(), options.executor(onTheSpot ? Runnable::run : tasks), told);
            scene.drain();
        }

        final int lagWhenDrained() {
            scene.drain();
            tasks.run();
            int lag = subscription.pendingCount();
            scene.giveBack();
            return lag;
        }
    }

    /**
     * The dispatcher leaves a change while a turn comes to its end: it is taken by that turn or by another.
     *
     * <p>Tried: fails if {@code DrainState.end} writes plainly, if {@code Mailbox.change} or {@code Mailbox.take} puts back
     * plainly, and if the dispatcher signals before it has put the change there.
     */
    @JCStressTest
    @Outcome(id = "0, second", expect = ACCEPTABLE, desc = "told")
    @Outcome(expect = FORBIDDEN, desc = "left lying, or lost")
    @State
    public static class LeaveTake extends Race {

        /** Leaves two changes, so that the turn puts one back, and another to dispatch. */
        public LeaveTake() {
            super(SubscriptionOptions.defaults());
            scene.update("first");
            scene.update("q", "first");
            scene.drain();
            scene.update("second");
        }

        /** Leaves the other. */
        @Actor
        public void leave() {
            scene.store.doWork();
        }

        /** Takes. */
        @Actor
        public void take() {
            tasks.run();
        }

        /** Asks what was told. */
        @Arbiter
        public void tell(IL_Result r) {
            r.r1 = lagWhenDrained();
            r.r2 = told.status;
        }
    }

    /**
     * More is asked for while a turn ends that has nothing left that it may tell.
     *
     * <p>Tried: fails if {@code ListenerDelivery.request} signals before it adds.
     */
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "told")
    @Outcome(expect = FORBIDDEN, desc = "left lying though it was asked for")
    @State
    public static class RequestTurnEnd extends Race {

        /** Leaves two changes, of which one may be told. */
        public RequestTurnEnd() {
            super(SubscriptionOptions.defaults().initialRequest(1));
            scene.update("first");
            scene.update("q", "first");
            scene.drain();
        }

        /** Asks for the other. */
        @Actor
        public void request() {
            subscription.request(1);
        }

        /** Tells the one. */
        @Actor
        public void take() {
            tasks.run();
        }

        /** Asks what is left. */
        @Arbiter
        public void tell(I_Result r) {
            r.r1 = lagWhenDrained();
        }
    }

    /**
     * More is asked for while the dispatcher leaves a change that nobody asked for yet. Whoever signals takes it.
     *
     * <p>Tried: fails if the dispatcher looks at the demand before it has put the change there, and if
     * {@code ListenerDelivery.request} signals before it adds.
     */
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "told")
    @Outcome(expect = FORBIDDEN, desc = "left lying though it was asked for")
    @State
    public static class RequestLeave extends Race {

        /** Leaves a change to dispatch. */
        public RequestLeave() {
            super(SubscriptionOptions.defaults().initialRequest(0), true);
            scene.update("first");
        }

        /** Asks for it. */
        @Actor
        public void request() {
            subscription.request(1);
        }

        /** Leaves it. */
        @Actor
        public void leave() {
            scene.store.doWork();
        }

        /** Asks what is left. */
        @Arbiter
        public void tell(I_Result r) {
            r.r1 = lagWhenDrained();
        }
    }

    /**
     * A pause ends while the dispatcher leaves a change. Whoever signals takes it.
     *
     * <p>Tried: fails if {@code LiveSubscription.resume} signals before it ends the pause, and if the dispatcher looks for
     * the pause before it has put the change there.
     */
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "told")
    @Outcome(expect = FORBIDDEN, desc = "left lying after the pause")
    @State
    public static class ResumeLeave extends Race {

        /** Pauses, and leaves a change to dispatch. */
        public ResumeLeave() {
            super(SubscriptionOptions.defaults(), true);
            subscription.pause();
            scene.update("first");
        }

        /** Ends the pause. */
        @Actor
        public void resume() {
            subscription.resume();
        }

        /** Leaves it. */
        @Actor
        public void leave() {
            scene.store.doWork();
        }

        /** Asks what is left. */
        @Arbiter
        public void tell(I_Result r) {
            r.r1 = lagWhenDrained();
        }
    }

    /**
     * The executor refuses a turn while somebody else signals that there is something to tell.
     *
     * <p>Tried: fails if {@code ListenerDelivery.refused} does not tell the bus, and if it does not give up the turn.
     */
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "told when tried again")
    @Outcome(expect = FORBIDDEN, desc = "left lying, nobody tries again")
    @State
    public static class RefuseSignal extends Race {

        /** Leaves a change to dispatch, and lets no task through. */
        public RefuseSignal() {
            super(SubscriptionOptions.defaults());
            scene.update("first");
            tasks.refuses = true;
        }

        /** Leaves the change, in vain. */
        @Actor
        public void leave() {
            scene.store.doWork();
        }

        /** Signals, in vain. */
        @Actor
        public void resume() {
            subscription.resume();
        }

        /** Lets tasks through, and asks what is left. */
        @Arbiter
        public void tell(I_Result r) {
            tasks.refuses = false;
            r.r1 = lagWhenDrained();
        }
    }

    /** A subscription with two calls to make, which counts those that begin late. */
    abstract static class LateRace {

        final StoreFixture scene = StoreFixture.take();
        final StoreFixture.Tasks tasks = new StoreFixture.Tasks();
        final Subscription subscription;
        volatile boolean returned;
        int late;

        LateRace() {
            scene.upsert("q", "online", 1);
            scene.drain();
            subscription = scene.subscribe(
                    Channel.presences(),
                    SubscriptionOptions.defaults().executor(tasks),
                    event -> late += returned ? 1 : 0);
            scene.drain();
            scene.update("first");
            scene.update("q", "first");
            scene.drain();
        }

        final int lagWhenDrained() {
            scene.drain();
            tasks.run();
            int lag = subscription.pendingCount();
            scene.giveBack();
            return lag;
        }
    }

    /**
     * Counts the calls that begin after {@code pause()} returned.
     *
     * <p>Tried: fails if {@code CallGate.enter} reads and writes, for then a pause is overwritten.
     */
    @JCStressTest
    @Outcome(
            id = {"0, 0"},
            expect = ACCEPTABLE,
            desc = "no call began late, and all was told after the pause")
    @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "one had passed the gate and got going late")
    @Outcome(expect = FORBIDDEN, desc = "calls began in the pause, or something was left lying after it")
    @State
    public static class PauseDeliver extends LateRace {

        /** Leaves two changes. */
        public PauseDeliver() {}

        /** Pauses. */
        @Actor
        public void pause() {
            subscription.pause();
            returned = true;
        }

        /** Tells. */
        @Actor
        public void take() {
            tasks.run();
        }

        /** Reads the count, then ends the pause. */
        @Arbiter
        public void tell(II_Result r) {
            tasks.run();
            r.r1 = late;
            subscription.resume();
            r.r2 = lagWhenDrained();
        }
    }

    /**
     * One closes while another tells: no call begins late, and {@code closed()} completes.
     *
     * <p>Tried: fails if {@code CallGate.shut} reads and writes, and if {@code CallGate.enter} does.
     */
    @JCStressTest
    @Outcome(id = "0, true", expect = ACCEPTABLE, desc = "no call began late")
    @Outcome(id = "1, true", expect = ACCEPTABLE_INTERESTING, desc = "one had passed the gate and got going late")
    @Outcome(expect = FORBIDDEN, desc = "calls began though it was closed, or it has no end")
    @State
    public static class CloseTake extends LateRace {

        /** Leaves two changes. */
        public CloseTake() {}

        /** Closes. */
        @Actor
        public void close() {
            subscription.close();
            returned = true;
        }

        /** Tells. */
        @Actor
        public void take() {
            tasks.run();
        }

        /** Reads the count, and whether it has ended with nothing left. */
        @Arbiter
        public void tell(IZ_Result r) {
            boolean hasEnded = subscription.closeFuture().toCompletableFuture().isDone();
            int lag = lagWhenDrained();
            r.r1 = late;
            r.r2 = hasEnded && lag == 0;
        }
    }
}

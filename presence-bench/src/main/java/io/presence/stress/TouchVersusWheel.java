package io.presence.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** A heartbeat against the wheel at the deadline: one wins, and listeners are told of the end or of nothing. */
@JCStressTest
@State
@Outcome(id = "true, true, N", expect = ACCEPTABLE, desc = "the heartbeat came first")
@Outcome(id = "false, false, NX", expect = ACCEPTABLE, desc = "the wheel came first")
@Outcome(expect = FORBIDDEN, desc = "a heartbeat was lost, or an end was not told once")
public class TouchVersusWheel {

    private final Stage stage = new Stage();

    /**
     * Sends a heartbeat.
     *
     * @param result first: whether it was in time
     */
    @Actor
    public void touch(ZZL_Result result) {
        result.r1 = stage.touch();
    }

    /** Lets the deadline pass and goes round. */
    @Actor
    public void expire() {
        stage.passToDeadline();
        stage.round();
    }

    /**
     * Looks, and asks what was told.
     *
     * @param result second: whether the presence is found in the end; third: the changes
     */
    @Arbiter
    public void end(ZZL_Result result) {
        stage.drain();
        result.r2 = stage.isAlive();
        result.r3 = stage.changes();
    }
}

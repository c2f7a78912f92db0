package io.presence.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** A delete against a heartbeat: the delete stays, whichever came first, and its end is told once. */
@JCStressTest
@State
@Outcome(id = "true, true, NX", expect = ACCEPTABLE, desc = "the heartbeat came first")
@Outcome(id = "true, false, NX", expect = ACCEPTABLE, desc = "the delete came first")
@Outcome(expect = FORBIDDEN, desc = "the deleted came back, or its end was not told once")
public class DeleteVersusTouch {

    private final Stage stage = new Stage();

    /**
     * Deletes.
     *
     * @param result first: whether there was something to delete
     */
    @Actor
    public void delete(ZZL_Result result) {
        result.r1 = stage.delete();
    }

    /**
     * Sends a heartbeat.
     *
     * @param result second: whether it was in time
     */
    @Actor
    public void touch(ZZL_Result result) {
        result.r2 = stage.touch();
    }

    /**
     * Looks, and asks what was told.
     *
     * @param result third: the changes, and whether the presence is found in the end
     */
    @Arbiter
    public void end(ZZL_Result result) {
        stage.drain();
        result.r3 = stage.changes() + (stage.isAlive() ? " alive" : "");
    }
}

package io.presence.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** An upsert against a reader and the wheel at the deadline: it goes on with the life, or ends it and begins another. */
@JCStressTest
@State
@Outcome(id = "true, true, NP", expect = ACCEPTABLE, desc = "the upsert came first")
@Outcome(id = "false, true, NXN", expect = ACCEPTABLE, desc = "the deadline came first")
@Outcome(id = "true, true, NXN", expect = ACCEPTABLE, desc = "the deadline passed, then the upsert, then the reader")
@Outcome(expect = FORBIDDEN, desc = "found dead and yet gone on with, or a stay not told of once")
public class UpsertVersusExpiry {

    private final Stage stage = new Stage();

    /** Writes the presence anew. */
    @Actor
    public void upsert() {
        stage.upsert("second");
    }

    /**
     * Lets the deadline pass, looks, and goes round.
     *
     * @param result first: whether the presence was found
     */
    @Actor
    public void expire(ZZL_Result result) {
        stage.passToDeadline();
        result.r1 = stage.isAlive();
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

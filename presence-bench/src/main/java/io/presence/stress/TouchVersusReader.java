package io.presence.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/** A heartbeat against a reader at the deadline: they agree whether the presence lives, and it stays so. */
@JCStressTest
@State
@Outcome(id = "true, true, true", expect = ACCEPTABLE, desc = "the heartbeat came first")
@Outcome(id = "false, false, false", expect = ACCEPTABLE, desc = "the deadline came first")
@Outcome(expect = FORBIDDEN, desc = "a heartbeat was lost, or the dead was revived")
public class TouchVersusReader {

    private final Stage stage = new Stage();

    /**
     * Sends a heartbeat.
     *
     * @param result first: whether it was in time
     */
    @Actor
    public void touch(ZZZ_Result result) {
        result.r1 = stage.touch();
    }

    /**
     * Lets the deadline pass and looks.
     *
     * @param result second: whether the presence was found
     */
    @Actor
    public void read(ZZZ_Result result) {
        stage.passToDeadline();
        result.r2 = stage.isAlive();
    }

    /**
     * Looks again.
     *
     * @param result third: whether the presence is found in the end
     */
    @Arbiter
    public void end(ZZZ_Result result) {
        result.r3 = stage.isAlive();
    }
}

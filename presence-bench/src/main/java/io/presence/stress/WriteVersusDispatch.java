package io.presence.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Two writes against the dispatcher's look at the entry: the last state is told, however often the mark was set. */
@JCStressTest
@State
@Outcome(id = "third", expect = ACCEPTABLE, desc = "the last write was told last")
@Outcome(expect = FORBIDDEN, desc = "the last write was never told")
public class WriteVersusDispatch {

    private final Stage stage = new Stage();

    /** Writes twice. */
    @Actor
    public void write() {
        stage.update("second");
        stage.update("third");
    }

    /** Goes round twice. */
    @Actor
    public void dispatch() {
        stage.round();
        stage.round();
    }

    /**
     * Asks what was told last.
     *
     * @param result the status
     */
    @Arbiter
    public void end(L_Result result) {
        stage.drain();
        result.r1 = stage.lastStatus();
    }
}

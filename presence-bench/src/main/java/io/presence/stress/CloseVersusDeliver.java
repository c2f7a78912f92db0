package io.presence.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZL_Result;

/** Closing a subscription against a delivery to it: once close has returned, no call starts. */
@JCStressTest
@State
@Outcome(id = "false, N", expect = ACCEPTABLE, desc = "closed before the call")
@Outcome(id = "false, NP", expect = ACCEPTABLE, desc = "closed during or after the call")
@Outcome(expect = FORBIDDEN, desc = "called after close had returned")
public class CloseVersusDeliver {

    private final Stage stage = new Stage();

    /** Closes the subscription. */
    @Actor
    public void close() {
        stage.closeSubscription();
    }

    /** Has something told. */
    @Actor
    public void deliver() {
        stage.update("second");
        stage.round();
    }

    /**
     * Asks what was told.
     *
     * @param result first: whether a call started after close had returned; second: the changes
     */
    @Arbiter
    public void end(ZL_Result result) {
        stage.drain();
        result.r1 = stage.wasCalledAfterClose();
        result.r2 = stage.changes();
    }
}

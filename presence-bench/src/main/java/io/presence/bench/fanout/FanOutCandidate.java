package io.presence.bench.fanout;

import io.presence.Subscription.Options;
import io.presence.bench.fanout.peer.ArrayFanOut;
import io.presence.bench.fanout.peer.DisruptorFanOut;
import io.presence.bench.fanout.peer.FanOut;
import io.presence.bench.fanout.peer.FlowFanOut;
import io.presence.bench.fanout.peer.GuavaFanOut;
import io.presence.bench.fanout.peer.PresenceFanOut;
import io.presence.bench.fanout.peer.ReactorFanOut;
import io.presence.bench.fanout.peer.RxProcessorFanOut;
import io.presence.bench.fanout.peer.RxSubjectFanOut;
import java.util.function.Supplier;

/** Who tells. A new one is a constant here. */
public enum FanOutCandidate {
    /** Ours: direct listeners, called by the dispatcher at once. */
    PRESENCE(() -> new PresenceFanOut(Options.defaults().direct())),
    /** Ours by way of the mailbox, with an executor that runs what it is given in place, so that no change of threads counts. */
    PRESENCE_MAILBOX(() -> new PresenceFanOut(Options.defaults().on(Runnable::run))),
    /** Guava's EventBus. */
    GUAVA(GuavaFanOut::new),
    /** LMAX Disruptor, by pollers. */
    DISRUPTOR(DisruptorFanOut::new),
    /** The JDK's SubmissionPublisher. */
    FLOW(FlowFanOut::new),
    /** Reactor's multicast sink. */
    REACTOR(ReactorFanOut::new),
    /** RxJava's PublishProcessor. */
    RX_PROCESSOR(RxProcessorFanOut::new),
    /** RxJava's PublishSubject. */
    RX_SUBJECT(RxSubjectFanOut::new),
    /** A loop: the limit. */
    LOOP(ArrayFanOut::new);

    private final Supplier<FanOut> supplier;

    FanOutCandidate(Supplier<FanOut> supplier) {
        this.supplier = supplier;
    }

    /** Returns a new one without listeners. */
    public FanOut create() {
        return supplier.get();
    }
}

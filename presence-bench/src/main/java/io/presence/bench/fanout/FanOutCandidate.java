package io.presence.bench.fanout;

import io.presence.SubscriptionOptions;
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

/** The candidates. A new one is a constant here. */
public enum FanOutCandidate {
    /** The library with listeners on the dispatcher. */
    PRESENCE(() -> new PresenceFanOut(SubscriptionOptions.defaults().onDispatcher())),
    /**
     * The library with mailboxes and an executor that runs tasks in place, so that no change of threads is measured.
     */
    PRESENCE_MAILBOX(() -> new PresenceFanOut(SubscriptionOptions.defaults().executor(Runnable::run))),
    /** Guava's EventBus. */
    GUAVA(GuavaFanOut::new),
    /** LMAX Disruptor with pollers. */
    DISRUPTOR(DisruptorFanOut::new),
    /** The JDK's SubmissionPublisher. */
    FLOW(FlowFanOut::new),
    /** Reactor's multicast sink. */
    REACTOR(ReactorFanOut::new),
    /** RxJava's PublishProcessor. */
    RX_PROCESSOR(RxProcessorFanOut::new),
    /** RxJava's PublishSubject. */
    RX_SUBJECT(RxSubjectFanOut::new),
    /** A loop: the lower bound. */
    LOOP(ArrayFanOut::new);

    private final Supplier<FanOut> supplier;

    FanOutCandidate(Supplier<FanOut> supplier) {
        this.supplier = supplier;
    }

    /** Returns a fan-out without listeners. */
    public FanOut create() {
        return supplier.get();
    }
}

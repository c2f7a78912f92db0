package io.presence.bench.fanout;

import io.presence.SubscriptionOptions;
import io.presence.bench.fanout.hub.Hub;
import io.presence.bench.fanout.peer.ArrayHub;
import io.presence.bench.fanout.peer.DisruptorHub;
import io.presence.bench.fanout.peer.FlowHub;
import io.presence.bench.fanout.peer.GuavaHub;
import io.presence.bench.fanout.peer.PresenceHub;
import io.presence.bench.fanout.peer.ReactorHub;
import io.presence.bench.fanout.peer.RxProcessorHub;
import io.presence.bench.fanout.peer.RxSubjectHub;
import java.util.function.Supplier;

/** Who tells. A new one is a constant here. */
public enum Candidate {
    /** Ours: direct listeners, called by the dispatcher at once. */
    PRESENCE(() -> new PresenceHub(SubscriptionOptions.defaults().onDispatcher())),
    /** Ours by way of the mailbox, with an executor that runs what it is given in place, so that no change of threads counts. */
    PRESENCE_MAILBOX(() -> new PresenceHub(SubscriptionOptions.defaults().executor(Runnable::run))),
    /** Guava's EventBus. */
    GUAVA(GuavaHub::new),
    /** LMAX Disruptor, by pollers. */
    DISRUPTOR(DisruptorHub::new),
    /** The JDK's SubmissionPublisher. */
    FLOW(FlowHub::new),
    /** Reactor's multicast sink. */
    REACTOR(ReactorHub::new),
    /** RxJava's PublishProcessor. */
    RX_PROCESSOR(RxProcessorHub::new),
    /** RxJava's PublishSubject. */
    RX_SUBJECT(RxSubjectHub::new),
    /** A loop: the limit. */
    LOOP(ArrayHub::new);

    private final Supplier<Hub> supplier;

    Candidate(Supplier<Hub> supplier) {
        this.supplier = supplier;
    }

    /** Returns a new one without listeners. */
    public Hub create() {
        return supplier.get();
    }
}

package io.presence.bench.fanout.peer;

import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;

/** The JDK's SubmissionPublisher, which runs its consumers in place, and so needs no room to buffer. */
public final class FlowHub implements Hub {
    private final SubmissionPublisher<Moved> publisher = new SubmissionPublisher<>(Runnable::run, 1);

    private static final class Listener extends StreamEar implements Flow.Subscriber<Moved> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }
    }

    @Override
    public Ear add() {
        Listener made = new Listener();
        publisher.subscribe(made);
        return made;
    }

    @Override
    public void publish(long number) {
        publisher.submit(Moved.of(number));
    }

    @Override
    public void close() {
        publisher.close();
    }
}

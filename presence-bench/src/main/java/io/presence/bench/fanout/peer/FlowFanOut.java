package io.presence.bench.fanout.peer;

import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;

/** The JDK's SubmissionPublisher. Its executor runs tasks in place, so that no buffer is needed. */
public final class FlowFanOut implements FanOut {

    private final SubmissionPublisher<PublishedEvent> publisher = new SubmissionPublisher<>(Runnable::run, 1);

    private static final class Listener extends ReactiveListener implements Flow.Subscriber<PublishedEvent> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }
    }

    @Override
    public CountingListener add() {
        Listener made = new Listener();
        publisher.subscribe(made);
        return made;
    }

    @Override
    public void publish(long number) {
        publisher.submit(PublishedEvent.of(number));
    }

    @Override
    public void close() {
        publisher.close();
    }
}

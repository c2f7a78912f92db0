package io.presence.bench.fanout.peer;

import io.reactivex.rxjava3.core.FlowableSubscriber;
import io.reactivex.rxjava3.processors.PublishProcessor;
import org.reactivestreams.Subscription;

/** RxJava's PublishProcessor, whose subscribers request events. */
public final class RxProcessorFanOut implements FanOut {

    private final PublishProcessor<PublishedEvent> processor = PublishProcessor.create();

    private static final class Listener extends ReactiveListener implements FlowableSubscriber<PublishedEvent> {
        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }
    }

    @Override
    public CountingListener add() {
        Listener made = new Listener();
        processor.subscribe(made);
        return made;
    }

    @Override
    public void publish(long number) {
        processor.onNext(PublishedEvent.of(number));
    }

    @Override
    public void close() {
        processor.onComplete();
    }
}

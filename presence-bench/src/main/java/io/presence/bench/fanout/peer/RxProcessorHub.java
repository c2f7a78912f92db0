package io.presence.bench.fanout.peer;

import io.reactivex.rxjava3.core.FlowableSubscriber;
import io.reactivex.rxjava3.processors.PublishProcessor;
import org.reactivestreams.Subscription;

/** RxJava's PublishProcessor, whose subscribers say how much they want. */
public final class RxProcessorHub implements Hub {
    private final PublishProcessor<Moved> processor = PublishProcessor.create();

    private static final class Listener extends StreamEar implements FlowableSubscriber<Moved> {
        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }
    }

    @Override
    public Ear add() {
        Listener made = new Listener();
        processor.subscribe(made);
        return made;
    }

    @Override
    public void publish(long number) {
        processor.onNext(Moved.of(number));
    }

    @Override
    public void close() {
        processor.onComplete();
    }
}

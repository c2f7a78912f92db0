package io.presence.bench.fanout.peer;

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Reactor's multicast sink without a queue, and without the check for concurrent emission, which does not occur here.
 */
public final class ReactorFanOut implements FanOut {

    private final Sinks.Many<PublishedEvent> sink =
            Sinks.unsafe().many().multicast().directBestEffort();
    private final Flux<PublishedEvent> flux = sink.asFlux();

    private static final class Listener extends ReactiveListener implements CoreSubscriber<PublishedEvent> {
        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }
    }

    @Override
    public CountingListener add() {
        Listener made = new Listener();
        flux.subscribe(made);
        return made;
    }

    @Override
    public void publish(long number) {
        sink.tryEmitNext(PublishedEvent.of(number)).orThrow();
    }

    @Override
    public void close() {
        sink.tryEmitComplete().orThrow();
    }
}

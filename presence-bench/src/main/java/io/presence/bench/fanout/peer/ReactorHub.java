package io.presence.bench.fanout.peer;

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Reactor's multicast sink without a queue, and without the check for concurrent emission, of which there is none. */
public final class ReactorHub implements Hub {
    private final Sinks.Many<Moved> sink = Sinks.unsafe().many().multicast().directBestEffort();
    private final Flux<Moved> flux = sink.asFlux();

    private static final class Listener extends StreamEar implements CoreSubscriber<Moved> {
        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }
    }

    @Override
    public Ear add() {
        Listener made = new Listener();
        flux.subscribe(made);
        return made;
    }

    @Override
    public void publish(long number) {
        sink.tryEmitNext(Moved.of(number)).orThrow();
    }

    @Override
    public void close() {
        sink.tryEmitComplete().orThrow();
    }
}

package io.presence.bench.fanout.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A loop over a list: the lower bound of all candidates. Listeners can neither leave nor pause. */
public final class ArrayFanOut implements FanOut {

    private final List<Listener> listeners = new ArrayList<>();

    private static final class Listener extends CountingListener implements Consumer<PublishedEvent> {
        @Override
        public void accept(PublishedEvent event) {
            count(event.number());
        }
    }

    @Override
    public CountingListener add() {
        Listener made = new Listener();
        listeners.add(made);
        return made;
    }

    @Override
    public void publish(long number) {
        PublishedEvent event = PublishedEvent.of(number);
        for (Consumer<PublishedEvent> listener : listeners) {
            listener.accept(event);
        }
    }
}

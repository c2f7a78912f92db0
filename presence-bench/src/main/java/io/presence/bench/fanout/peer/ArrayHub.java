package io.presence.bench.fanout.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A loop over a list: no bus, but the limit for all of them. Nobody can leave, pause, or be slow. */
public final class ArrayHub implements Hub {
    private final List<Listener> listeners = new ArrayList<>();

    private static final class Listener extends Ear implements Consumer<Moved> {
        @Override
        public void accept(Moved event) {
            hear(event.number());
        }
    }

    @Override
    public Ear add() {
        Listener made = new Listener();
        listeners.add(made);
        return made;
    }

    @Override
    public void publish(long number) {
        Moved event = Moved.of(number);
        for (Consumer<Moved> listener : listeners) {
            listener.accept(event);
        }
    }
}

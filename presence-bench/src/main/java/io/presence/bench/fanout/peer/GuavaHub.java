package io.presence.bench.fanout.peer;

import com.google.common.eventbus.AllowConcurrentEvents;
import com.google.common.eventbus.EventBus;
import com.google.common.eventbus.Subscribe;

/** Guava's EventBus, which calls on the publishing thread, and locks no listener that allows concurrent events. */
public final class GuavaHub implements Hub {
    private final EventBus bus = new EventBus();

    /** Public, as is its method: the bus calls it by reflection. */
    public static final class Listener extends Ear {
        private Listener() {}

        /** Takes an event. */
        @Subscribe
        @AllowConcurrentEvents
        public void on(Moved event) {
            hear(event.number());
        }
    }

    @Override
    public Ear add() {
        Listener made = new Listener();
        bus.register(made);
        return made;
    }

    @Override
    public void publish(long number) {
        bus.post(Moved.of(number));
    }
}

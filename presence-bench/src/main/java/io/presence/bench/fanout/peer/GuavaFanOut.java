package io.presence.bench.fanout.peer;

import com.google.common.eventbus.AllowConcurrentEvents;
import com.google.common.eventbus.EventBus;
import com.google.common.eventbus.Subscribe;

/** Guava's EventBus. It calls on the publishing thread and does not lock listeners that allow concurrent events. */
public final class GuavaFanOut implements FanOut {

    private final EventBus bus = new EventBus();

    /** Public, as is its method, because the bus calls it by reflection. */
    public static final class Listener extends CountingListener {
        private Listener() {}

        /** Counts an event. */
        @Subscribe
        @AllowConcurrentEvents
        public void on(PublishedEvent event) {
            count(event.number());
        }
    }

    @Override
    public CountingListener add() {
        Listener made = new Listener();
        bus.register(made);
        return made;
    }

    @Override
    public void publish(long number) {
        bus.post(PublishedEvent.of(number));
    }
}

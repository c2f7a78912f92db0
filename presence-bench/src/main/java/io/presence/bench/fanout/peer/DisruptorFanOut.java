package io.presence.bench.fanout.peer;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.YieldingWaitStrategy;
import java.util.ArrayList;
import java.util.List;

/**
 * LMAX Disruptor with a poller for each listener. Its usual form takes a thread for each handler, which ten thousand
 * listeners cannot have; a poller is the same cursor in the ring, gating the publisher alike, but polled by whoever likes:
 * here by the publishing thread, which polls them all. That spares it the change of threads that it is made for being good
 * at, and the waiting.
 */
public final class DisruptorFanOut implements FanOut {
    private static final int SLOTS = 1024;

    private final RingBuffer<RingSlot> ring =
            RingBuffer.createSingleProducer(RingSlot::new, SLOTS, new YieldingWaitStrategy());
    private final List<Listener> listeners = new ArrayList<>();

    /** What the ring keeps; events go through it. */
    private static final class RingSlot {
        private PublishedEvent event = PublishedEvent.of(0);
    }

    private static final class Listener extends CountingListener implements EventPoller.Handler<RingSlot> {
        private final EventPoller<RingSlot> poller;

        Listener(EventPoller<RingSlot> poller) {
            this.poller = poller;
        }

        @Override
        public boolean onEvent(RingSlot slot, long sequence, boolean isLast) {
            count(slot.event.number());
            return true;
        }

        void poll() {
            try {
                poller.poll(this);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public CountingListener add() {
        Listener made = new Listener(ring.newPoller());
        listeners.add(made);
        return made;
    }

    @Override
    public void ready() {
        ring.addGatingSequences(listeners.stream()
                .map(listener -> listener.poller.getSequence())
                .toArray(Sequence[]::new));
    }

    @Override
    public void publish(long number) {
        long sequence = ring.next();
        ring.get(sequence).event = PublishedEvent.of(number);
        ring.publish(sequence);
        for (Listener listener : listeners) {
            listener.poll();
        }
    }
}

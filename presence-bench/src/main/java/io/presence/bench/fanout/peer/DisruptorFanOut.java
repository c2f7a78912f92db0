package io.presence.bench.fanout.peer;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.YieldingWaitStrategy;
import java.util.ArrayList;
import java.util.List;

/**
 * LMAX Disruptor with a poller for each listener. Its usual form has a thread for each handler, which 10,000 listeners
 * cannot have. A poller has the same cursor in the ring and gates the publisher in the same way, but is polled by any
 * thread. Here the publishing thread polls all of them. This avoids the change of threads for which the Disruptor is
 * designed, and the waiting.
 */
public final class DisruptorFanOut implements FanOut {

    private static final int SLOTS = 1024;

    private final RingBuffer<RingSlot> ring =
            RingBuffer.createSingleProducer(RingSlot::new, SLOTS, new YieldingWaitStrategy());
    private final List<Listener> listeners = new ArrayList<>();

    /** An element of the ring. */
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

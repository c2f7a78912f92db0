package io.presence.bench.store;

import io.presence.bench.store.peer.PlainPresence;
import io.presence.bench.store.peer.Store;
import java.util.List;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * The records that arrive at one thread. They are equal to those in the store but other objects. They are in memory in
 * the order of their arrival: the key of an operation is in the cache, as after its receipt from a network, and the
 * store's entry is not. Their hash codes are cached for every candidate.
 */
@State(Scope.Thread)
public class HeartbeatStream {

    /** The number of writes in a tick of 8 ms if a million presences have a heartbeat in 30 seconds. */
    static final int WRITES_PER_TICK = 256;

    private static final List<String> STATUSES = List.of("online", "away", "busy", "typing");

    private Population population = new Population();
    private PlainPresence[] ring = {};
    private Store store = population.store();
    private int next;
    private int passes;
    private int written;

    /** Makes the records of this thread. */
    @Setup
    public void setUp(Population shared, ThreadParams threads) {
        population = shared;
        store = shared.store();
        ring = shared.ring(threads.getThreadIndex());
        /* All presences start with the status of pass 0, online. */
        passes = 2 * threads.getThreadIndex() + 1;
    }

    Store store() {
        return store;
    }

    PlainPresence next() {
        if (++written % WRITES_PER_TICK == 0) {
            population.pass(WRITES_PER_TICK);
        }
        if (++next >= ring.length) {
            next = 0;
            passes++;
        }
        return ring[next];
    }

    /** Replaces the content of a list by the next records, as many as there are. */
    void next(List<PlainPresence> batch) {
        for (int i = 0; i < batch.size(); i++) {
            batch.set(i, next());
        }
    }

    /** Returns a status that the presence does not have, unless another thread has just written it. */
    String status() {
        return STATUSES.get(passes & 3);
    }
}

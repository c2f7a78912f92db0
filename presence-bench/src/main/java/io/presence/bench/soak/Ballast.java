package io.presence.bench.soak;

import io.presence.bench.soak.Worker.Gate;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Memory pressure: a fifth of the largest heap is always occupied, and is replaced block by block, so that collections
 * of the old generation go on.
 */
final class Ballast extends Worker {

    private static final int SHARE = 5;
    private static final int BLOCK_BYTES = 1 << 20;
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final byte[][] blocks = new byte[(int) (Runtime.getRuntime().maxMemory() / SHARE / BLOCK_BYTES)][];
    private int next;

    Ballast(Gate gate, Findings findings) {
        super(gate, findings);
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = new byte[BLOCK_BYTES];
        }
    }

    @Override
    void batch() {
        blocks[next] = new byte[BLOCK_BYTES];
        next = (next + 1) % blocks.length;
    }

    @Override
    void rest() {
        LockSupport.parkNanos(REST_NANOS);
    }

    long bytes() {
        return (long) blocks.length * BLOCK_BYTES;
    }
}

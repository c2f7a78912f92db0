package io.presence.bench.soak;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock.ReadLock;
import java.util.concurrent.locks.ReentrantReadWriteLock.WriteLock;

/**
 * A thread that works in batches. A checkpoint holds the {@linkplain Gate gate}, so it runs between batches of all
 * workers.
 */
abstract class Worker implements Runnable {

    private final Gate gate;
    private final Findings findings;

    /** The gate of all workers. It is fair, so the batches do not starve the checkpoint. */
    static final class Gate {

        private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
        private volatile boolean isEnded;

        ReadLock batch() {
            return lock.readLock();
        }

        WriteLock checkpoint() {
            return lock.writeLock();
        }

        /** Returns whether a checkpoint holds the gate. */
        boolean isAtCheckpoint() {
            return lock.isWriteLocked();
        }

        /** Ends all workers after their batch. */
        void end() {
            isEnded = true;
        }
    }

    Worker(Gate gate, Findings findings) {
        this.gate = gate;
        this.findings = findings;
    }

    /** Does one batch of work, which must not wait for a checkpoint. */
    abstract void batch();

    /** Waits between two batches. */
    void rest() {}

    @Override
    public final void run() {
        while (!gate.isEnded) {
            gate.batch().lock();
            try {
                if (!gate.isEnded) {
                    batch();
                }
            } catch (RuntimeException | Error unexpected) {
                unexpected.printStackTrace();
                findings.add(getClass().getSimpleName() + " failed: " + unexpected);
                return;
            } finally {
                gate.batch().unlock();
            }
            rest();
        }
    }
}

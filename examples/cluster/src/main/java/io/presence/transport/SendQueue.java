package io.presence.transport;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue of frames with one thread that gives them to an engine, so that the dispatcher of a store never waits
 * for the engine.
 *
 * <p><b>Threads.</b> All methods can be called by several threads at once. The sink is called by the thread of the
 * queue alone.
 *
 * <p><b>Cost.</b> A frame is not copied. It occupies its length and {@value #OVERHEAD} bytes of the bound.
 */
public final class SendQueue {

    /** The bound unless it is set, in bytes. */
    public static final long DEFAULT_MAX_BYTES = 64L << 20;

    private static final int OVERHEAD = 64;

    /** Gives one frame to an engine. It may block. */
    @FunctionalInterface
    public interface Sink {

        /**
         * Sends a frame.
         *
         * @param member the receiver, or null for all
         * @param frame the bytes
         * @throws Exception if the frame is lost
         */
        void send(@Nullable String member, byte[] frame) throws Exception;
    }

    private static final class Item {

        static final Item END = new Item(null, new byte[0]);

        final @Nullable String member;
        final byte[] frame;

        Item(@Nullable String member, byte[] frame) {
            this.member = member;
            this.frame = frame;
        }

        long weight() {
            return frame.length + (long) OVERHEAD;
        }
    }

    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final long maxBytes;
    private final Sink sink;
    private final Thread thread;
    private volatile boolean isClosed;

    /**
     * Creates a queue whose thread does not run yet.
     *
     * @param name the name of the thread
     * @param maxBytes the bound
     * @param sink gives a frame to the engine
     */
    public SendQueue(String name, long maxBytes, Sink sink) {
        this.maxBytes = maxBytes;
        this.sink = requireNonNull(sink, "sink must not be null");
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Starts the thread. It is called once. */
    public void start() {
        thread.start();
    }

    /**
     * Adds a frame. It never blocks.
     *
     * @param member the receiver, or null for all
     * @param frame the bytes, not changed afterwards
     * @throws IllegalStateException if the queue is full or closed: the frame is dropped
     */
    public void add(@Nullable String member, byte[] frame) {
        if (isClosed) {
            throw new IllegalStateException("transport is closed");
        }
        Item item = new Item(member, requireNonNull(frame, "frame must not be null"));
        long queued = bytes.addAndGet(item.weight());
        if (queued > maxBytes) {
            bytes.addAndGet(-item.weight());
            throw new IllegalStateException("queued bytes must be at most " + maxBytes + ": " + queued);
        }
        items.add(item);
    }

    /**
     * Returns the number of frames that the sink failed to send.
     *
     * @return since the start
     */
    public long failed() {
        return failed.get();
    }

    /**
     * Refuses further frames, and waits until the queued ones are sent. Those that are not sent in time are dropped.
     * The thread ends.
     *
     * @param timeout the longest time to wait
     */
    public void close(Duration timeout) {
        isClosed = true;
        items.add(Item.END);
        try {
            thread.join(Math.max(1, timeout.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private void run() {
        try {
            for (Item item = items.take(); item != Item.END; item = items.take()) {
                bytes.addAndGet(-item.weight());
                send(item);
            }
        } catch (InterruptedException e) {
            // The time to close is over.
        }
    }

    private void send(Item item) throws InterruptedException {
        try {
            sink.send(item.member, item.frame);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            failed.incrementAndGet();
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}

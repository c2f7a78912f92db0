package io.presence.redis;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.Jedis;

/**
 * The channels of a node, which a thread reads. Something arrives each second, the echo of the lease; a connection on
 * which nothing has arrived for a lease is replaced, and the frames of that time are lost.
 */
final class Subscriber {

    private static final long RETRY_MILLIS = 500;
    private static final int CHANNELS = 2;

    private final RedisServer server;
    private final String self;
    private final Consumer<Envelope> sink;
    private final Runnable echo;
    private final Thread thread;
    private final CountDownLatch subscribed = new CountDownLatch(CHANNELS);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Jedis connection;

    /**
     * Creates one that does not read yet.
     *
     * @param echo is called for each renewal of the lease, after the frames that were sent before it
     */
    Subscriber(RedisServer server, String self, Consumer<Envelope> sink, Runnable echo) {
        this.server = server;
        this.self = self;
        this.sink = sink;
        this.echo = echo;
        thread = new Thread(this::run, "presence-redis-receive-" + self);
        thread.setDaemon(true);
    }

    /** Returns once frames arrive. */
    void start() throws InterruptedException {
        thread.start();
        if (!subscribed.await(server.lease().toMillis(), TimeUnit.MILLISECONDS)) {
            close();
            throw new IllegalStateException("server must be reachable: " + server.address());
        }
    }

    void close() {
        closed.countDown();
        Jedis open = connection;
        if (open != null) {
            open.close();
        }
        thread.interrupt();
    }

    private void run() {
        try {
            do {
                read();
            } while (!closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            // It is closed.
        }
    }

    private void read() {
        try (Jedis opened = server.connect()) {
            connection = opened;
            if (closed.getCount() > 0) {
                opened.subscribe(new Messages(), server.channel(), server.channel(self));
            }
        } catch (RuntimeException e) {
            // It is tried again.
        } finally {
            connection = null;
        }
    }

    private final class Messages extends BinaryJedisPubSub {

        @Override
        public void onSubscribe(byte[] channel, int channels) {
            subscribed.countDown();
        }

        @Override
        public void onMessage(byte[] channel, byte[] message) {
            Envelope envelope = Envelope.read(message);
            if (message.length == 0) {
                echo.run();
            }
            if (envelope != null && !envelope.sender().equals(self)) {
                sink.accept(envelope);
            }
        }
    }
}

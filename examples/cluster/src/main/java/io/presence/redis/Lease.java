package io.presence.redis;

import io.presence.cluster.ClusterTransport.Receiver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The membership of a node, which a thread renews each second by one script, and by which it learns of the others. The
 * clock of the server decides, so the clocks of nodes may differ. A node that can't reach the server for a lease
 * reports that it is alone.
 */
final class Lease {

    private static final long PERIOD_MILLIS = 1000;
    private static final long ECHO_MILLIS = 300;

    /** Renews, removes what is out of date, and returns all. A new member is announced; the echo proves the channel. */
    private static final byte[] RENEW = """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local added = redis.call('ZADD', KEYS[1], now, ARGV[1])
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
            redis.call('PEXPIRE', KEYS[1], 10 * ARGV[2])
            if added == 1 then redis.call('PUBLISH', ARGV[3], ARGV[5]) end
            redis.call('PUBLISH', ARGV[4], '')
            return redis.call('ZRANGE', KEYS[1], 0, -1)
            """.getBytes(StandardCharsets.UTF_8);

    private final RedisServer server;
    private final String self;
    private final Receiver receiver;
    private final Thread thread;
    private final byte[] notice;

    private @Nullable Jedis connection;
    private @Nullable Set<String> reported;
    private long renewedAt;
    private long echoes;
    private boolean isChanged;
    private boolean isClosed;

    Lease(RedisServer server, String self, Receiver receiver) {
        this.server = server;
        this.self = self;
        this.receiver = receiver;
        notice = new Envelope(self, new byte[0]).bytes();
        thread = new Thread(this::run, "presence-redis-lease-" + self);
        thread.setDaemon(true);
    }

    /** Renews for the first time, and then each second. */
    void start() {
        renewedAt = System.nanoTime();
        report(renew());
        thread.start();
    }

    /** Reads the members now and not only after the second. */
    synchronized void membersChanged() {
        isChanged = true;
        notifyAll();
    }

    /** Notes that the frames of those which left before the last renewal have arrived. */
    synchronized void echoed() {
        echoes++;
        notifyAll();
    }

    /** Ends the membership, as well as it can. */
    void close(Duration timeout) {
        synchronized (this) {
            isClosed = true;
            notifyAll();
        }
        try {
            thread.join(timeout.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (awaitTurn()) {
            try {
                report(renewAndAwaitEcho());
            } catch (InterruptedException e) {
                break;
            } catch (RuntimeException e) {
                disconnect();
                if (System.nanoTime() - renewedAt >= server.lease().toNanos()) {
                    report(Set.of());
                }
            }
        }
        leave();
        disconnect();
    }

    private synchronized boolean awaitTurn() {
        long end = System.nanoTime() + PERIOD_MILLIS * 1_000_000;
        try {
            for (long left = PERIOD_MILLIS; left > 0 && !isChanged && !isClosed; ) {
                wait(left);
                left = (end - System.nanoTime()) / 1_000_000;
            }
        } catch (InterruptedException e) {
            return false;
        }
        isChanged = false;
        return !isClosed;
    }

    /** A member that has left is reported after its last frames. If there is no echo, frames are lost anyway. */
    private Set<String> renewAndAwaitEcho() throws InterruptedException {
        long before;
        synchronized (this) {
            before = echoes;
        }
        Set<String> others = renew();
        synchronized (this) {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ECHO_MILLIS);
            long left = 1;
            while (echoes == before && left > 0) {
                left = end - System.nanoTime();
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        }
        return others;
    }

    private Set<String> renew() {
        if (connection == null) {
            connection = server.connect();
        }
        List<byte[]> arguments = List.of(
                bytes(self),
                bytes(String.valueOf(server.lease().toMillis())),
                server.channel(),
                server.channel(self),
                notice);
        long before = System.nanoTime();
        List<?> answer = (List<?>) connection.eval(RENEW, List.of(bytes(server.members())), arguments);
        renewedAt = before;
        Set<String> others = new HashSet<>();
        answer.forEach(member -> others.add(new String((byte[]) member, StandardCharsets.UTF_8)));
        others.remove(self);
        return others;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void report(Set<String> others) {
        if (!others.equals(reported)) {
            reported = Set.copyOf(others);
            receiver.onMembers(reported);
        }
    }

    private void leave() {
        try (Jedis last = server.connect()) {
            last.zrem(server.members(), self);
            last.publish(server.channel(), notice);
        } catch (JedisException e) {
            // The others see that the lease is not renewed.
        }
    }

    private void disconnect() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}

package io.presence.examples.gateway.realtime;

import io.vertx.core.Vertx;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A periodic task for each socket. All of them share one timer, and a part of them has its turn each time: while a
 * timer is due within half a millisecond, Netty's NIO transport polls, so that a timer for each socket keeps it busy.
 */
final class Turns {

    private static final int TICK_MILLIS = 1000;

    private Turns() {}

    /**
     * Starts the task, which runs on the event loop of the socket.
     *
     * @param sockets the open sockets, safe for concurrent use
     */
    static void start(Vertx vertx, long intervalMillis, Set<Connection> sockets, Consumer<Connection> task) {
        long interval = Math.max(1, intervalMillis);
        int turns = (int) Math.max(1, interval / TICK_MILLIS);
        AtomicInteger turn = new AtomicInteger();
        vertx.setPeriodic(interval / turns, tick -> {
            int now = turn.updateAndGet(last -> (last + 1) % turns);
            sockets.stream()
                    .filter(socket -> Math.floorMod(socket.hashCode(), turns) == now)
                    .forEach(socket -> socket.run(() -> task.accept(socket)));
        });
    }
}

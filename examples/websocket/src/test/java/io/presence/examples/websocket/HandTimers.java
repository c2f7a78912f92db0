package io.presence.examples.websocket;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The periodic timers of a Vert.x instance, which fire when the test says so and not by time. */
final class HandTimers implements InvocationHandler {

    private record Timer(Context context, Handler<Long> handler) {}

    private final Vertx real;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Timer> timers = new ConcurrentHashMap<>();

    HandTimers(Vertx real) {
        this.real = real;
    }

    /** Returns the instance for the code under test. */
    Vertx vertx() {
        return (Vertx) Proxy.newProxyInstance(Vertx.class.getClassLoader(), new Class<?>[] {Vertx.class}, this);
    }

    int size() {
        return timers.size();
    }

    /** Fires each timer once, on its event loop, and waits until all have run. */
    void fire() {
        timers.forEach((id, timer) -> {
            CompletableFuture<Void> fired = new CompletableFuture<>();
            timer.context().runOnContext(run -> {
                timer.handler().handle(id);
                fired.complete(null);
            });
            fired.join();
        });
    }

    @Override
    @SuppressWarnings("unchecked")
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("setPeriodic")) {
            long id = ids.incrementAndGet();
            timers.put(id, new Timer(Vertx.currentContext(), (Handler<Long>) arguments[1]));
            return id;
        }
        if (method.getName().equals("cancelTimer")) {
            return timers.remove(arguments[0]) != null;
        }
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

package io.presence.internal.dispatch;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;

/**
 * An executor with one virtual thread for each drain, so that a listener that blocks delays no other. It uses
 * reflection, since this library is compiled for JDK 17.
 */
final class VirtualThreads extends ListenerThreads {

    private final ThreadFactory factory;

    /**
     * Creates an executor that has not started a thread.
     *
     * @param prefix the prefix of thread names, which end in a number
     */
    VirtualThreads(String prefix) {
        this.factory = factory(prefix);
    }

    private static ThreadFactory factory(String prefix) {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> ofVirtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
            MethodHandle builder = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(ofVirtual));
            MethodHandle name =
                    lookup.findVirtual(ofVirtual, "name", MethodType.methodType(ofVirtual, String.class, long.class));
            MethodHandle made = lookup.findVirtual(ofVirtual, "factory", MethodType.methodType(ThreadFactory.class));
            return (ThreadFactory) made.invoke(name.invoke(builder.invoke(), prefix, 1L));
        } catch (Throwable e) {
            throw new IllegalStateException("virtual threads are not available: " + e.getMessage(), e);
        }
    }

    @Override
    public void execute(Runnable drain) {
        requireOpen();
        Thread thread = factory.newThread(() -> runAdmitted(drain));
        if (!isAdmitted()) {
            throw new RejectedExecutionException("store is closed");
        }
        try {
            thread.start();
        } catch (Throwable failure) {
            hasEnded();
            throw failure;
        }
    }

    @Override
    public void nudge(long nanos) {}

    @Override
    public long idleNanos() {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean isShort() {
        return false;
    }
}

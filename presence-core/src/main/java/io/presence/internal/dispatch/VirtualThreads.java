package io.presence.internal.dispatch;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;

/**
 * A virtual thread for each turn, so that a listener that blocks takes no thread from any other. By reflection, since this
 * library is compiled for JDK 17.
 */
final class VirtualThreads extends ListenerThreads {

    private final ThreadFactory factory;

    /**
     * Starts no thread yet.
     *
     * @param prefix begins the names of threads, a number ends them
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
            throw new IllegalStateException("virtual threads must be there from JDK 24 on: " + e.getMessage(), e);
        }
    }

    @Override
    public void execute(Runnable turn) {
        requireOpen();
        Thread thread = factory.newThread(() -> runAdmitted(turn));
        if (!isAdmitted()) {
            throw new RejectedExecutionException("the store must be open");
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

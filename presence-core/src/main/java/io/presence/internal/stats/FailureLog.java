package io.presence.internal.stats;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The failures of a store, counted by kind and logged to the {@link System.Logger} {@code io.presence}. It logs at
 * most one record per kind and second, which gives the number of failures suppressed since the previous one.
 *
 * <p>No method throws: a failure of a log handler is counted and otherwise ignored, because it cannot be reported.
 *
 * <p><b>Cost.</b> An atomic addition per failure; the message is built only if it is logged.
 *
 * <p><b>Threads.</b> Safe for use by any thread, lock-free except for log handlers.
 */
public final class FailureLog {

    /** A kind of failure. Each has its own count and its own rate limit. */
    public enum Kind {
        /** A duty cycle of the dispatcher threw. */
        DISPATCH,
        /** A command from another thread threw. */
        COMMAND,
        /** A listener threw. */
        LISTENER,
        /** The application's handler of listener errors threw. */
        ERROR_HANDLER,
        /** The delivery to a subscription failed outside of its listener. */
        DELIVERY,
        /** Changes were lost for a subscription whose listener does not support resets. */
        LOSS,
        /** An executor rejected a task, or did not run an accepted task in time. */
        EXECUTOR,
        /** The application's thread factory threw or returned null. */
        THREAD_FACTORY,
        /** The dispatcher's thread was interrupted by something other than {@code close()}. */
        INTERRUPT,
        /** A dependent of a future of the store threw. */
        DEPENDENT,
        /** {@code close()} timed out before everything was delivered. */
        CLOSE,
        /** A rule of the application for locks threw. */
        LOCK_RULE,
        /** The transport of the cluster threw, or a frame of another node could not be applied. */
        TRANSPORT,
        /** A log handler of the application threw. */
        LOGGER
    }

    /** The outcome for a subscription that stays open, after its description. */
    public static final String CONTINUES = text(" continues");
    /** The outcome for a subscription that is closed, after its description. */
    public static final String ENDS = text(" ends");
    /** The rest of a message that ends with its subject. */
    public static final String NOTHING = text("");

    private static final Logger LOG = System.getLogger("io.presence");
    private static final long INTERVAL_NANOS = 1_000_000_000;

    private final String prefix;
    private final LongSupplier nanos;
    private final Map<Kind, KindCount> tallies = new EnumMap<>(Kind.class);
    private volatile @Nullable Throwable last;

    /**
     * Starts with no failures.
     *
     * @param store the name of the store, or null if it has none
     * @param nanos a monotonic clock that does not fail: not the clock of the store's builder
     */
    public FailureLog(@Nullable String store, LongSupplier nanos) {
        this.prefix = store == null ? "" : store + ": ";
        this.nanos = nanos;
        long now = nanos.getAsLong();
        for (Kind kind : Kind.values()) {
            tallies.put(kind, new KindCount(now));
        }
    }

    /** The failures of one kind: their number, the time of the next record, and their number at the previous one. */
    private static final class KindCount {
        private final AtomicLong count = new AtomicLong();
        private final AtomicLong due;
        private final AtomicLong logged = new AtomicLong();

        KindCount(long now) {
            due = new AtomicLong(now);
        }
    }

    /**
     * Returns a text as it is, for a static field that is initialized with the store. A plain constant would be created
     * by the JVM when it is first reached, which fails where failures for lack of memory are handled.
     */
    public static String text(String text) {
        return text;
    }

    private KindCount tally(Kind kind) {
        return Objects.requireNonNull(tallies.get(kind));
    }

    /**
     * Counts a failure, and logs it unless one of its kind was logged within the last second.
     *
     * @param message the failure and its consequence; called only if it is logged
     * @param thrown null if nothing was thrown
     */
    public void report(Kind kind, Level level, Supplier<String> message, @Nullable Throwable thrown) {
        KindCount tally = tally(kind);
        long count = counted(tally, thrown);
        try {
            log(tally, level, message, thrown, count);
        } catch (Throwable failure) {
            tally(Kind.LOGGER).count.incrementAndGet();
        }
    }

    /**
     * As {@link #report(Kind, Level, Supplier, Throwable)}, with a constant message. The failure is counted even if
     * there is no memory.
     */
    public void report(Kind kind, Level level, String message, @Nullable Throwable thrown) {
        report(kind, level, message, null, NOTHING, thrown);
    }

    /**
     * As {@link #report(Kind, Level, String, Throwable)}, with a subject.
     *
     * @param subject is written between the two parts of the message, if it is not null
     */
    public void report(
            Kind kind, Level level, String before, @Nullable Object subject, String after, @Nullable Throwable thrown) {
        KindCount tally = tally(kind);
        long count = counted(tally, thrown);
        try {
            log(tally, level, () -> before + (subject == null ? NOTHING : subject) + after, thrown, count);
        } catch (Throwable failure) {
            tally(Kind.LOGGER).count.incrementAndGet();
        }
    }

    private long counted(KindCount tally, @Nullable Throwable thrown) {
        if (thrown != null) {
            last = thrown;
        }
        return tally.count.incrementAndGet();
    }

    private void log(KindCount tally, Level level, Supplier<String> message, @Nullable Throwable thrown, long count) {
        long due = tally.due.get();
        long now = nanos.getAsLong();
        if (now - due < 0 || !tally.due.compareAndSet(due, now + INTERVAL_NANOS)) {
            return;
        }
        long suppressed = count - 1 - tally.logged.getAndSet(count);
        String text = prefix + message.get() + (suppressed > 0 ? " (and " + suppressed + " more since)" : "");
        LOG.log(level, text, thrown);
    }

    /** Returns the number of failures of a kind. */
    public long count(Kind kind) {
        return tally(kind).count.get();
    }

    /** Returns the throwable that was reported last, or null. */
    public @Nullable Throwable last() {
        return last;
    }
}

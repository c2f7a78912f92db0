package io.presence.fault;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A fault that is thrown at one site of one run of an operation, by the thread that runs it. The classes under test
 * are rewritten to call it at each site. There is one such object of state for each {@link FaultLoader}, since that
 * loads this class too.
 *
 * <p><b>Threads.</b> For one thread; sites that other threads reach do nothing.
 */
public final class Faults {

    /* More sites than any operation comes by: one that never ends is found. */
    private static final int MOST = 100_000;

    /** The kinds of fault that {@link #atEachSite} can throw. */
    static final List<Kind> AT_EACH_SITE = List.of(Kind.ONCE, Kind.OUT_OF_MEMORY);

    private static final Set<String> CREATED = ConcurrentHashMap.newKeySet();
    private static final Set<String> KEPT = ConcurrentHashMap.newKeySet();

    private static @Nullable Thread armed;
    private static Kind kind = Kind.ONCE;
    private static int left;
    private static int duration;
    private static @Nullable String thrownAt;

    private Faults() {}

    /** The site at which the fault is thrown. */
    public enum Kind {
        /** At one site, whichever it is. */
        ONCE,
        /** At one allocation and all that follow, until the operation ends: as without memory. */
        OUT_OF_MEMORY,
        /** At one allocation and some that follow, collections that grow included: as with little memory. */
        STARVED;

        Throwable thrown(String where) {
            return this == ONCE ? new InjectedError(where) : new OutOfMemoryError("injected at " + where);
        }
    }

    /** The error that is thrown once. Nothing expects it. */
    public static final class InjectedError extends Error {
        private static final long serialVersionUID = 1;

        InjectedError(String where) {
            super("injected at " + where);
        }
    }

    /**
     * Runs an operation on fresh worlds until it has failed at each site once, and checks the world each time.
     *
     * @param name names the operation in a failure
     * @param fresh makes a world
     * @param operation what is interrupted; may throw what was injected, or swallow it
     * @param check fails if the world is not as it should be then
     * @return how many sites there were
     */
    public static <W> int atEachSite(
            Kind kind, String name, Supplier<W> fresh, Consumer<W> operation, Consumer<W> check) {
        for (int site = 1; site < MOST; site++) {
            W world = fresh.get();
            String where = failing(kind, site, () -> operation.accept(world));
            try {
                check.accept(world);
            } catch (Throwable t) {
                throw new AssertionError(name + ", " + kind + " at site " + site + ", " + where, t);
            }
            if (where == null) {
                return site - 1;
            }
        }
        throw new AssertionError(name + " must come by at most " + MOST + " sites");
    }

    /** Runs something that fails at one site. Returns where that was, or null if there were fewer sites. */
    public static @Nullable String failing(Kind kind, int site, Runnable operation) {
        Faults.kind = kind;
        left = site;
        thrownAt = null;
        armed = Thread.currentThread();
        try {
            operation.run();
        } catch (InjectedError | OutOfMemoryError injected) {
            armed = null;
            if (thrownAt == null) {
                throw injected;
            }
        } finally {
            armed = null;
        }
        return thrownAt;
    }

    /** Runs something that is starved at a number of allocations, from one on. Returns where that began, or null. */
    public static @Nullable String starved(int first, int number, Runnable operation) {
        duration = number;
        return failing(Kind.STARVED, first, operation);
    }

    /** Called by a rewritten class before each call. */
    public static void call(String where) throws Throwable {
        if (armed == Thread.currentThread() && kind == Kind.ONCE) {
            pass(where);
        }
    }

    /** Called by a rewritten class before each allocation. */
    public static void allocation(String where) throws Throwable {
        if (armed == Thread.currentThread()) {
            pass(where);
        }
    }

    /** Called by a rewritten class before each thing that the JVM creates when it is first reached. */
    public static void constant(String where) throws Throwable {
        if (armed == Thread.currentThread() && kind == Kind.STARVED && !CREATED.contains(where)) {
            pass(where);
        }
        CREATED.add(where);
    }

    /** Makes what the JVM creates when it is first reached count as created for ever, if it was reached before. */
    public static void keepConstants() {
        KEPT.addAll(CREATED);
    }

    /** Makes what the JVM creates when it is first reached count as not reached, unless it is kept. */
    public static void forgetConstants() {
        CREATED.retainAll(KEPT);
    }

    /** Called by a rewritten class before each call that can make a collection grow. */
    public static void growth(String where) throws Throwable {
        if (armed == Thread.currentThread() && kind != Kind.OUT_OF_MEMORY) {
            pass(where);
        }
    }

    private static void pass(String where) throws Throwable {
        left--;
        boolean fails = switch (kind) {
            case ONCE -> left == 0;
            case OUT_OF_MEMORY -> left <= 0;
            case STARVED -> left <= 0 && left > -duration;
        };
        if (fails) {
            thrownAt = thrownAt == null ? where : thrownAt;
            throw kind.thrown(where);
        }
    }
}

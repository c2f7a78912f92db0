package io.presence.bench.soak;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The number of live objects of each internal class of the library. The JVM counts them after a
 * collection, in its class histogram.
 *
 * @param counts the number of instances by the name of the class, arrays included
 */
record Census(Map<String, Long> counts) {

    private static final Pattern ROW =
            Pattern.compile("^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\[*L?io\\.presence\\.[\\w.$]+)");
    private static final String INTERNAL = "io.presence.internal.";
    private static final String WHEEL = INTERNAL + "wheel.";
    /* Objects that a thread holds until its next task, samples of the index, and users who were seen last. */
    private static final long POOLED = 128;
    /* The timer wheels of presences and of locks each keep up to 1,024 chunks for later. */
    private static final long POOLED_IN_WHEEL = 2048;
    /* Tables keep their pages for later, as many as the largest number of values needed. */
    private static final String TABLE = INTERNAL + "table.";
    private static final long PAGES = 4096;
    /* The histories of presences and of locks keep changes for resumed subscriptions. */
    private static final long KEPT_BY_HISTORY = 2L * SoakPlan.HISTORY;
    private static final Set<String> OF_HISTORY = Set.of(
            INTERNAL + "delivery.StateChange",
            INTERNAL + "store.EndTimes",
            INTERNAL + "store.GrantedPermissions",
            INTERNAL + "store.PresenceState");

    static Census take() {
        String histogram;
        try {
            histogram = (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
        } catch (JMException e) {
            throw new IllegalStateException("the JVM must have a class histogram", e);
        }
        Map<String, Long> counts = new TreeMap<>();
        histogram.lines().forEach(line -> {
            Matcher row = ROW.matcher(line);
            if (row.find() && row.group(2).contains(INTERNAL)) {
                counts.put(row.group(2), Long.parseLong(row.group(1)));
            }
        });
        return new Census(counts);
    }

    /** Requires that an empty store has no more objects than it had at its start, beside its bounded pools. */
    void requireEmpty(Census before, Findings findings) {
        counts.forEach((name, count) -> {
            long kept = kept(name);
            require(before, name, count, kept, "in the empty store", findings);
        });
    }

    private static long kept(String name) {
        if (name.contains(WHEEL)) {
            return POOLED_IN_WHEEL;
        }
        if (name.contains(TABLE)) {
            return PAGES;
        }
        return OF_HISTORY.contains(name) ? KEPT_BY_HISTORY : POOLED;
    }

    /** Requires that no object is left of a closed store. */
    void requireNothing(Census before, Findings findings) {
        counts.forEach((name, count) -> require(before, name, count, 0, "after close", findings));
    }

    private static void require(Census before, String name, long count, long more, String when, Findings findings) {
        long most = before.counts.getOrDefault(name, 0L) + more;
        findings.require(count <= most, "objects of " + name + " " + when + " must be at most " + most + ": " + count);
    }
}

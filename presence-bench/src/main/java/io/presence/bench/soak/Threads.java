package io.presence.bench.soak;

import java.util.stream.Stream;

/** Counts the threads of the JVM. */
final class Threads {

    /** The name of the store, with which the names of its threads begin. */
    static final String STORE = "soak";

    /* The JVM starts it when a tool attaches, and keeps it. */
    private static final String TOOLS = "Attach Listener";

    private static final String LISTENERS = STORE + "-listener-";

    private Threads() {}

    static long ofListeners() {
        return names().filter(name -> name.startsWith(LISTENERS)).count();
    }

    static long others() {
        return names().filter(name -> !name.startsWith(LISTENERS) && !name.equals(TOOLS))
                .count();
    }

    private static Stream<String> names() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName);
    }
}

package io.presence.bench.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The traffic of the loopback interface, with the headers of TCP and IP, as Linux counts it: of all processes in the
 * network namespace of this one.
 */
final class Loopback {

    private static final Path COUNTERS = Path.of("/proc/self/net/dev");
    private static final String NAME = "lo:";

    private Loopback() {}

    static boolean isCounted() {
        return Files.isReadable(COUNTERS);
    }

    /** Returns the bytes so far. */
    static long bytes() {
        try {
            return Files.readAllLines(COUNTERS).stream()
                    .map(String::strip)
                    .filter(line -> line.startsWith(NAME))
                    .mapToLong(line ->
                            Long.parseLong(line.substring(NAME.length()).strip().split("\\s+")[0]))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

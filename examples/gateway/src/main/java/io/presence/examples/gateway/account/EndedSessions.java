package io.presence.examples.gateway.account;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that were ended before they expired. A signed token can't be revoked, so its id is stored here, and in a
 * file if there is one, until the token would have expired.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public final class EndedSessions {

    /** The maximum number of stored sessions. Beyond it, the session that was ended first is removed. */
    private static final int MAX = 1_000_000;

    private final LinkedHashMap<String, Instant> expiryById = new LinkedHashMap<>();
    private final @Nullable Path file;

    private EndedSessions(@Nullable Path file) {
        this.file = file;
    }

    /** Creates an empty set that ends with the process. */
    public static EndedSessions inMemory() {
        return new EndedSessions(null);
    }

    /**
     * Reads a file, and drops from it the sessions that have expired.
     *
     * @param file a line for each session; may be absent
     * @throws IOException if it can't be read or written
     */
    public static EndedSessions of(Path file, Instant now) throws IOException {
        EndedSessions ended = new EndedSessions(file);
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                ended.read(line, now);
            }
        }
        Files.write(
                file,
                ended.expiryById.entrySet().stream().map(EndedSessions::line).toList());
        return ended;
    }

    private void read(String line, Instant now) {
        int space = line.indexOf(' ');
        try {
            Instant expiry = Instant.parse(line.substring(space + 1));
            if (space > 0 && expiry.isAfter(now)) {
                expiryById.put(line.substring(0, space), expiry);
            }
        } catch (DateTimeException cut) {
            /* The last line, if the process ended while it was written. */
        }
    }

    private static String line(Map.Entry<String, Instant> ended) {
        return ended.getKey() + " " + ended.getValue();
    }

    /** Adds a session. Returns false if it was present already. */
    synchronized boolean add(Session session) {
        boolean isNew = expiryById.putIfAbsent(session.id(), session.expire()) == null;
        if (expiryById.size() > MAX) {
            expiryById.remove(expiryById.keySet().iterator().next());
        }
        return isNew;
    }

    /** Appends a session to the file, if there is one. Blocks. */
    void write(Session session) {
        if (file == null) {
            return;
        }
        String line = line(Map.entry(session.id(), session.expire())) + System.lineSeparator();
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("session must be written to " + file + ": " + session.id(), e);
        }
    }

    synchronized boolean contains(String sessionId) {
        return expiryById.containsKey(sessionId);
    }
}

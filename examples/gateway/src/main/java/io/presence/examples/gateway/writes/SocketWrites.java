package io.presence.examples.gateway.writes;

import io.presence.Presence;
import io.presence.PresenceStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The presences that are kept by sockets. A presence that a socket has written is deleted when the last socket of its
 * user that wrote it closes. After a request over HTTP that replaces it, it is kept by no socket and ends by its TTL.
 *
 * <p>Every write that can start or end an incarnation goes through this class, one at a time for each id. So a socket
 * that closes can't delete a presence that another caller has written in place of its own.
 *
 * <p><b>Threads.</b> Safe for use by any thread, each {@link Writer} on its own.
 */
public final class SocketWrites {

    private final PresenceStore store;
    private final ConcurrentMap<String, Holders> holders = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Object> disconnecting = new ConcurrentHashMap<>();

    /** The sockets that keep one presence. Immutable, so that a write that fails changes nothing. */
    private record Holders(String userId, Set<Writer> writers) {

        Holders with(Writer writer) {
            Set<Writer> more = new HashSet<>(writers);
            more.add(writer);
            return new Holders(userId, more);
        }

        Holders without(Writer writer) {
            Set<Writer> less = new HashSet<>(writers);
            less.remove(writer);
            return new Holders(userId, less);
        }
    }

    /** Creates an empty set for one store. */
    public SocketWrites(PresenceStore store) {
        this.store = store;
    }

    /** Writes for a socket, which keeps the presence from now on. Throws the exception of the write. */
    public Presence write(Writer writer, String id, Supplier<Presence> write) {
        Presence[] written = new Presence[1];
        holders.compute(id, (key, held) -> {
            disconnecting.remove(id);
            Presence now = write.get();
            written[0] = now;
            boolean isSame = held != null && held.userId().equals(now.userId());
            return (isSame ? held : new Holders(now.userId(), Set.of())).with(writer);
        });
        writer.written().add(id);
        return written[0];
    }

    /**
     * Writes for a caller without a socket. No socket keeps the presence from now on. Throws the exception of the
     * write.
     */
    public Presence write(String id, Supplier<Presence> write) {
        Presence[] written = new Presence[1];
        holders.compute(id, (key, held) -> {
            disconnecting.remove(id);
            written[0] = write.get();
            return null;
        });
        return written[0];
    }

    /** Deletes a presence. If the caller may not read it, it stays and is kept by the same sockets. */
    public boolean delete(String id, BooleanSupplier delete) {
        boolean[] deleted = new boolean[1];
        holders.compute(id, (key, held) -> {
            deleted[0] = delete.getAsBoolean();
            if (!deleted[0]) {
                return held;
            }
            disconnecting.remove(id);
            return null;
        });
        return deleted[0];
    }

    /** Returns the number of presences that a socket keeps. */
    public int count(Writer writer) {
        writer.written().removeIf(id -> !lives(id, writer));
        return writer.written().size();
    }

    /** Returns whether a socket keeps a presence. */
    public boolean lives(String id, Writer writer) {
        Holders held = holders.get(id);
        return held != null && held.writers().contains(writer);
    }

    /**
     * Renews the presences that a socket keeps.
     *
     * @param ttl their TTL from now on, unless their deadline is later already
     */
    public void renew(Writer writer, Duration ttl) {
        for (String id : List.copyOf(writer.written())) {
            holders.computeIfPresent(id, (key, held) -> {
                /* False if it has ended, or belongs to another user by now. */
                boolean isOurs = held.writers().contains(writer) && isOf(held, id) && store.touch(id, ttl);
                Holders others = isOurs ? held : held.without(writer);
                return others.writers().isEmpty() ? null : others;
            });
        }
        count(writer);
    }

    private boolean isOf(Holders held, String id) {
        Presence now = store.get(id);
        return now != null && now.userId().equals(held.userId());
    }

    /** Deletes the presences of a socket that closes, except those that another socket keeps too. */
    public void close(Writer writer) {
        for (String id : List.copyOf(writer.written())) {
            holders.computeIfPresent(id, (key, held) -> {
                Holders others = held.without(writer);
                if (!others.writers().isEmpty()) {
                    return others;
                }
                if (held.writers().contains(writer) && isOf(held, id)) {
                    disconnect(id);
                }
                return null;
            });
        }
        writer.written().clear();
    }

    private void disconnect(String id) {
        Object mark = new Object();
        disconnecting.put(id, mark);
        store.delete(id);
        var unused = store.flush().thenRun(() -> disconnecting.remove(id, mark));
    }

    /**
     * Returns whether the deletion that is being delivered was made because the last socket of the presence closed.
     * True only if that is certain: from the deletion until its dispatch, and only while the id is not written again.
     */
    public boolean isDisconnecting(String id) {
        return disconnecting.containsKey(id);
    }
}

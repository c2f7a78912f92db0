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
 * The presences that live by sockets. One that a socket has written is deleted when the last socket of its user that
 * wrote it closes. A request over HTTP that replaces or deletes it takes it out of here: from then on it lives by its
 * own lifetime.
 *
 * <p>Every write that may begin or end a life goes through here, and those of one id wait for each other. So a socket
 * that closes can't delete what somebody else has put in the place of what it wrote.
 *
 * <p><b>Threads.</b> Safe for use by any thread, each {@link Writer} on its own.
 */
public final class SocketWrites {

    private final PresenceStore store;
    private final ConcurrentMap<String, Holders> holders = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Object> disconnecting = new ConcurrentHashMap<>();

    /** The sockets that one presence lives by. Immutable, so that a write that fails changes nothing. */
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

    /** Makes it for one store. */
    public SocketWrites(PresenceStore store) {
        this.store = store;
    }

    /** Writes for a socket: the presence lives by it from now on. What the write throws is thrown. */
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
     * Writes for somebody without a socket: the presence lives by none from now on. What the write throws is thrown.
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

    /** Deletes; a presence that stays, since who asks may not see it, lives by whom it did. */
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

    /** Counts what lives by a socket. */
    public int count(Writer writer) {
        writer.written().removeIf(id -> !lives(id, writer));
        return writer.written().size();
    }

    /** Tells whether a presence lives by a socket. */
    public boolean lives(String id, Writer writer) {
        Holders held = holders.get(id);
        return held != null && held.writers().contains(writer);
    }

    /**
     * Renews the presences that live by a socket.
     *
     * @param ttl their lifetime from now on, unless it was longer already
     */
    public void renew(Writer writer, Duration ttl) {
        for (String id : List.copyOf(writer.written())) {
            holders.computeIfPresent(id, (key, held) -> {
                /* False when it has ended, or is another user's by now. */
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

    /** Ends what lives by a socket that closes, unless it lives by another too. */
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
     * Tells whether the end of a presence that is being told, and was a deletion, is that its last socket has closed.
     * True only if that is certain: from the deletion until it is dispatched, and not once the id is written again.
     */
    public boolean isDisconnecting(String id) {
        return disconnecting.containsKey(id);
    }
}

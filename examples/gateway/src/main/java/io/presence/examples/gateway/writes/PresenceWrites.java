package io.presence.examples.gateway.writes;

import io.presence.Presence;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.examples.gateway.account.Caller;
import io.presence.examples.gateway.wire.ApiException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What writes presences: requests over HTTP, and sockets.
 *
 * <p><b>Threads.</b> Safe for use by any thread; waits for nothing but another write of the same id, or in the mode of one
 * presence per user for another of the same user.
 */
public final class PresenceWrites {

    private final PresenceStore store;
    private final SocketWrites sockets;
    private final boolean onePerUser;
    private final Duration socketTtl;
    private final ConcurrentMap<String, String> idsByUser = new ConcurrentHashMap<>();

    /**
     * Makes it for one store.
     *
     * @param onePerUser whether a user has one presence, whose id is that of the first write, as Appwrite has it
     * @param socketTtl how long what a socket wrote lives without being renewed
     */
    public PresenceWrites(PresenceStore store, SocketWrites sockets, boolean onePerUser, Duration socketTtl) {
        this.store = store;
        this.sockets = sockets;
        this.onePerUser = onePerUser;
        this.socketTtl = socketTtl;
    }

    /** Creates or replaces over HTTP. */
    public Presence upsert(Caller caller, String presenceId, String owner, PresenceFields fields, String source) {
        return forUser(owner, presenceId, id -> {
            PresenceUpsert upsert = fields.upsert(id, owner, source);
            return sockets.write(id, () -> caller.in(store).upsert(upsert));
        });
    }

    /** Changes some fields over HTTP. What lives by a socket goes on doing so. */
    public Presence update(Caller caller, String id, PresenceFields fields) {
        Presence before = caller.in(store).get(id);
        if (before == null) {
            throw ApiException.noPresence();
        }
        if (fields.userId() != null && !fields.userId().equals(before.userId())) {
            throw ApiException.argument("userId", "Value must be the owner of the presence");
        }
        return caller.in(store).update(id, fields.patch());
    }

    /** Deletes over HTTP; false if there is nothing that the caller may read. */
    public boolean delete(Caller caller, String id) {
        return sockets.delete(id, () -> caller.in(store).delete(id));
    }

    /** Creates or replaces over a socket, by which the presence lives. Metadata that is left out stays. */
    public Presence write(Writer writer, Caller caller, String presenceId, PresenceFields fields) {
        String owner = caller.requireSession().user().id();
        return forUser(owner, presenceId, id -> {
            PresenceUpsert upsert = fields.upsert(id, owner, "realtime").expiresIn(socketTtl);
            return sockets.write(writer, id, () -> {
                Presence before = fields.metadata() == null ? store.get(id) : null;
                return caller.in(store)
                        .upsert(
                                before == null || !before.userId().equals(owner)
                                        ? upsert
                                        : upsert.metadata(before.metadata()));
            });
        });
    }

    private Presence forUser(String userId, String presenceId, Function<String, Presence> write) {
        if (!onePerUser) {
            return write.apply(presenceId);
        }
        Presence[] written = new Presence[1];
        idsByUser.compute(userId, (user, known) -> {
            String id = isOf(known, userId) ? known : presenceId;
            written[0] = write.apply(id);
            return id;
        });
        return written[0];
    }

    private boolean isOf(@Nullable String id, String userId) {
        if (id == null) {
            return false;
        }
        Presence known = store.get(id);
        return known != null && known.userId().equals(userId);
    }
}

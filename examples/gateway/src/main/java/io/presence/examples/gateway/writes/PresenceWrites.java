package io.presence.examples.gateway.writes;

import io.presence.Presence;
import io.presence.PresenceException;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.examples.gateway.account.Caller;
import io.presence.examples.gateway.limit.UsageLimits;
import io.presence.examples.gateway.wire.ApiException;
import io.presence.query.Query;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The writes of presences, by requests over HTTP and by sockets.
 *
 * <p><b>Threads.</b> Safe for use by any thread; a call waits only for another write of the same id, and for a write
 * that creates a presence of the same user.
 */
public final class PresenceWrites {

    private static final int LOCKS = 256;

    private final PresenceStore store;
    private final boolean onePerUser;
    private final Duration socketTtl;
    private final int perUser;
    private final AddressShares addresses;
    private final Object[] locks = new Object[LOCKS];

    /**
     * Creates the writes of one store.
     *
     * @param onePerUser whether a user has at most one presence, with the id of its first write, as in Appwrite
     * @param socketTtl the TTL of a presence of a socket, from its last renewal
     */
    public PresenceWrites(
            PresenceStore store, boolean onePerUser, Duration socketTtl, UsageLimits limits, LongSupplier nanoClock) {
        this.store = store;
        this.onePerUser = onePerUser;
        this.socketTtl = socketTtl;
        this.perUser = limits.presencesPerUser();
        this.addresses = new AddressShares(store, limits.presencesPerAddress(), nanoClock);
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new Object();
        }
    }

    /**
     * Creates or replaces a presence over HTTP. No socket keeps it from now on.
     *
     * @param address the client address, by which new presences are counted
     */
    public Presence upsert(
            Caller caller, String address, String presenceId, String owner, PresenceFields fields, String source) {
        return forUser(caller, address, owner, presenceId, id -> {
            PresenceUpsert upsert = fields.upsert(id, owner, source).unheld();
            return caller.in(store).upsert(upsert).presence();
        });
    }

    /** Changes some fields over HTTP. A presence that is kept by a socket stays so. */
    public Presence update(Caller caller, String id, PresenceFields fields) {
        Presence before = caller.in(store).get(id);
        if (before == null) {
            throw ApiException.noPresence();
        }
        if (fields.userId() != null && !fields.userId().equals(before.userId())) {
            throw ApiException.argument("userId", "Value must be the owner of the presence");
        }
        return caller.in(store).update(id, fields.patch()).presence();
    }

    /** Deletes over HTTP. Returns false if there is no presence that the caller may read. */
    public boolean delete(Caller caller, String id) {
        boolean deleted = caller.in(store).delete(id);
        if (deleted) {
            addresses.removeIfGone(id);
        }
        return deleted;
    }

    /**
     * Creates or replaces a presence over a socket. Metadata that is omitted stays. The socket then keeps the presence,
     * unless the fields have an {@code expiresAt}: such a presence ends at this time, as one of a request.
     *
     * @param session the session of the socket
     */
    public Presence write(
            PresenceSession session, Caller caller, String address, String presenceId, PresenceFields fields) {
        String owner = caller.requireSession().user().id();
        return forUser(caller, address, owner, presenceId, id -> {
            PresenceUpsert upsert = fields.upsert(id, owner, "realtime");
            upsert = fields.expiresAt() == null ? upsert.expiresIn(socketTtl).shared() : upsert.unheld();
            return fields.metadata() == null
                    ? keepingMetadata(session, upsert)
                    : session.upsert(upsert).presence();
        });
    }

    /* Each repetition follows a write of another caller that has happened. */
    private Presence keepingMetadata(PresenceSession session, PresenceUpsert upsert) {
        while (true) {
            Presence before = store.get(upsert.presenceId());
            try {
                return session.upsert(
                                before == null
                                        ? upsert.ifAbsent()
                                        : upsert.metadata(before.metadata()).ifVersion(before.version()))
                        .presence();
            } catch (PresenceException refused) {
                if (refused.code() != PresenceException.Code.VERSION_CONFLICT) {
                    throw refused;
                }
            }
        }
    }

    /** Returns whether a session may keep no presence of an id in addition to those that it keeps. */
    public boolean isFull(PresenceSession session, String id, int limit) {
        try {
            return session.touch() >= limit && !session.touch(id);
        } catch (PresenceException fenced) {
            return true;
        }
    }

    private Presence forUser(
            Caller caller, String address, String userId, String presenceId, Function<String, Presence> write) {
        if (!onePerUser && (caller.isKey() || store.get(presenceId) != null)) {
            return write.apply(presenceId);
        }
        synchronized (locks[Math.floorMod(userId.hashCode(), LOCKS)]) {
            String id = onePerUser ? known(userId, presenceId) : presenceId;
            if (caller.isKey() || store.get(id) != null) {
                return write.apply(id);
            }
            addresses.requireRoom(address);
            requireRoom(userId);
            Presence written = write.apply(id);
            addresses.add(id, address);
            return written;
        }
    }

    private String known(String userId, String presenceId) {
        List<Presence> known =
                store.list(Query.equal("userId", userId), Query.limit(1)).presences();
        return known.isEmpty() ? presenceId : known.get(0).id();
    }

    private void requireRoom(String userId) {
        if (store.count(Query.equal("userId", userId)) >= perUser) {
            throw ApiException.tooMany(
                    "presence_limit_exceeded", "A user can have at most " + perUser + " presences.", 0);
        }
    }
}

package io.presence.internal.lock;

import io.presence.Presence;
import io.presence.PresenceException;
import io.presence.PresenceException.Code;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Version;
import io.presence.internal.store.Clocks;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.store.SessionHolds;
import io.presence.internal.store.StoreErrors;
import io.presence.query.Query;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The grants of locks, one after the other for each resource. So a later grant of a resource has a greater token.
 *
 * <p><b>Threads.</b> Safe for use by any thread. A grant is made under the {@link #monitor} of the id, which is taken
 * before that of the user and then those of the session's locks and of the entry.
 */
final class Grants {

    private static final String STATUS = "locked";
    private static final String SINCE = "since";
    private static final String TOKEN = "token";
    private static final int STRIPES = 64;

    private final PresenceTable table;
    private final Presences trusted;
    private final Clocks clocks;
    private final LockTokens tokens;
    private final int maxPerUser;
    private final Object[] monitors = monitors();
    /* So that the number of a user's locks does not rise between the check and the grant of a stolen one. */
    private final Object[] userMonitors = monitors();

    /**
     * Creates the grants of a store.
     *
     * @param table the presences of the locks
     * @param trusted the trusted view of the table
     */
    Grants(PresenceTable table, Presences trusted, Clocks clocks, LockTokens tokens, int maxPerUser) {
        this.table = table;
        this.trusted = trusted;
        this.clocks = clocks;
        this.tokens = tokens;
        this.maxPerUser = maxPerUser;
    }

    private static Object[] monitors() {
        Object[] made = new Object[STRIPES];
        for (int i = 0; i < STRIPES; i++) {
            made[i] = new Object();
        }
        return made;
    }

    private static Object stripe(Object[] monitors, String key) {
        int hash = key.hashCode();
        return monitors[(hash ^ (hash >>> 16)) & (STRIPES - 1)];
    }

    /** The monitor of an id, which other ids share. */
    Object monitor(String id) {
        return stripe(monitors, id);
    }

    /** Makes later tokens greater than that of a lock of another node. */
    void seen(Presence lock) {
        if (lock.metadata().get(TOKEN) instanceof String text) {
            tokens.raise(text);
        }
    }

    /** Returns the lock of an id, or null if it is free. */
    @Nullable Presence held(String id) {
        return trusted.get(id);
    }

    /**
     * Returns the time, by the clock of the store, until which a lock is held if it is not renewed. In the past if it
     * is free.
     */
    long heldUntil(String id) {
        var entry = table.find(id);
        return entry == null ? Long.MIN_VALUE : entry.deadline();
    }

    /** Returns whether the lock is kept for the return of the user that asks for it. */
    boolean isKeptFor(LockRequest request, Presence held) {
        return held.userId().equals(request.user()) && table.isInGrace(request.id());
    }

    /**
     * Grants a free lock. Call under the monitor.
     *
     * @throws PresenceException if the session is closed, or a limit is reached
     */
    HeldLock grant(LockRequest request) {
        return write(request, now(), PresenceUpsert::ifAbsent);
    }

    /** Grants the lock that a closed session of the user had. Null if its grace has ended. Call under the monitor. */
    @Nullable HeldLock resume(LockRequest request, Presence held) {
        Instant since = Instant.parse(String.valueOf(held.metadata().get(SINCE)));
        return replace(request, since, held.version());
    }

    /** Grants a lock that is taken from its holder. Null if it has just ended. Call under the monitor. */
    @Nullable HeldLock steal(LockRequest request, Presence held) {
        if (held.userId().equals(request.user())) {
            return replace(request, now(), held.version());
        }
        synchronized (stripe(userMonitors, request.user())) {
            /* Before the end of the former lock, so that a refusal changes nothing. */
            request.session().holds().requireOpen();
            if (trusted.count(Query.equal("userId", request.user())) >= maxPerUser) {
                throw StoreErrors.locksOfUser(maxPerUser, null);
            }
            return isEnded(request.id(), held.version()) ? grant(request) : null;
        }
    }

    private boolean isEnded(String id, Version version) {
        try {
            return trusted.delete(id, version);
        } catch (PresenceException changed) {
            if (changed.code() != Code.VERSION_CONFLICT) {
                throw changed;
            }
            return false;
        }
    }

    private @Nullable HeldLock replace(LockRequest request, Instant since, Version version) {
        try {
            return write(request, since, upsert -> upsert.ifVersion(version));
        } catch (PresenceException refused) {
            if (refused.code() != Code.VERSION_CONFLICT) {
                throw refused;
            }
            return null;
        }
    }

    private HeldLock write(LockRequest request, Instant since, UnaryOperator<PresenceUpsert> condition) {
        SessionHolds holds = request.session().holds();
        synchronized (stripe(userMonitors, request.user())) {
            long token = tokens.next();
            PresenceUpsert upsert = PresenceUpsert.of(request.id(), STATUS)
                    .metadata(metadata(request.id(), token, since))
                    .permissions(request.permissions());
            Version version = upsert(holds, condition.apply(upsert));
            return new HeldLock(request.session().queues(), holds, request.id(), token, since, version);
        }
    }

    private Version upsert(SessionHolds holds, PresenceUpsert upsert) {
        try {
            return holds.upsert(upsert).presence().version();
        } catch (PresenceException refused) {
            if (refused.code() != Code.LIMIT_EXCEEDED) {
                throw refused;
            }
            throw StoreErrors.locksOfUser(maxPerUser, refused.retryAfter());
        }
    }

    private static Map<String, Object> metadata(String id, long token, Instant since) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("resource", LockIds.resource(id));
        metadata.put(TOKEN, Long.toString(token));
        metadata.put(SINCE, since.toString());
        return metadata;
    }

    private Instant now() {
        return Instant.ofEpochMilli(clocks.wallMillis());
    }
}

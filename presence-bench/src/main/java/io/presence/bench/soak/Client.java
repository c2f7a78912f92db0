package io.presence.bench.soak;

import static java.util.Objects.requireNonNull;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Role;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.lock.SoftLock;
import io.presence.query.Query;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A user with one session at a time, which holds a presence of its own and one that it shares with another client. It
 * resumes its subscription when it connects again, and keeps the view that it has built.
 *
 * <p><b>Threads.</b> For one thread. Locks that were waited for are granted by others.
 */
final class Client {

    private static final Permission ALL_READ = Permission.read(Role.any());
    private static final Duration LOCK_WAIT = Duration.ofSeconds(1);

    private final PresenceStore store;
    private final int number;
    private final String watched;
    private final Mirror mirror;
    private final Principal principal;
    private final Queue<SoftLock> locks = new ConcurrentLinkedQueue<>();
    private @Nullable PresenceSession session;
    private @Nullable Subscription subscription;
    private @Nullable String token;

    /**
     * Makes a client without a connection.
     *
     * @param watched the room that it subscribes to
     */
    Client(PresenceStore store, int number, String watched, Findings findings) {
        this.store = store;
        this.number = number;
        this.watched = watched;
        this.mirror = new Mirror("of client " + number, presence -> true, findings);
        this.principal = Principal.user("client-" + number / 2).build();
    }

    boolean isOpen() {
        return session != null;
    }

    void open(String room) {
        PresenceSession opened = store.open(principal);
        session = opened;
        opened.upsert(presence("tab-" + number, room));
        opened.upsert(presence("shared-" + number / 2, room).shared());
        SubscriptionOptions options = SubscriptionOptions.defaults();
        subscription = opened.subscribe(
                Channel.presences(),
                token == null ? options.withSnapshot() : options.resumeFrom(token),
                mirror,
                Query.equal("metadata.room", watched));
    }

    private static PresenceUpsert presence(String id, String room) {
        return PresenceUpsert.of(id, "online")
                .metadata(Map.of("room", room, "x", 1))
                .permissions(ALL_READ)
                .expiresIn(SoakPlan.LONG_TTL);
    }

    void touch() {
        opened().touch();
    }

    void move(String room) {
        opened().update("tab-" + number, PresencePatch.none().merge(Map.of("room", room)));
    }

    void close(Duration grace) {
        Subscription ended = requireNonNull(subscription);
        ended.close();
        /* A call that has begun continues after the close, and the token includes it. */
        ended.closeFuture().toCompletableFuture().join();
        token = ended.resumeToken();
        opened().close(grace);
        session = null;
        subscription = null;
        locks.clear();
    }

    void tryLock(String resource) {
        opened().tryLock(resource, ALL_READ).ifPresent(locks::add);
    }

    void stealLock(String resource) {
        opened().stealLock(resource, ALL_READ).ifPresent(locks::add);
    }

    void waitForLock(String resource) {
        opened().lock(resource, LOCK_WAIT, ALL_READ).thenAccept(locks::add);
    }

    /** Releases the lock that was granted first. */
    void release() {
        SoftLock held = locks.poll();
        if (held != null) {
            held.close();
        }
    }

    long heldLocks() {
        return locks.stream().filter(SoftLock::isHeld).count();
    }

    /** Requires that the view, which is kept over connections, equals the room that is watched. */
    void compare(Map<String, Map<String, Presence>> byRoom, String when) {
        if (isOpen()) {
            mirror.compare(byRoom.getOrDefault(watched, Map.of()), when);
        }
    }

    /** Drops the view, after the last connection. */
    void forget() {
        mirror.forget();
    }

    long resets() {
        return mirror.resets();
    }

    long events() {
        return mirror.events();
    }

    private PresenceSession opened() {
        return requireNonNull(session);
    }
}

package io.presence.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Change;
import io.presence.PresenceException;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.lock.SoftLock;
import io.presence.session.PresenceSession;
import io.presence.user.UserSubscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One of two stores that have the same history, except for jumps of the wall clock. It has a log of all that is seen of
 * it but the times of the wall clock, and those times apart, in the same order.
 */
final class WallClockTwin implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final int USERS = 2;

    final List<String> log = new ArrayList<>();
    final List<Instant> times = new ArrayList<>();

    private final TestStore test = TestStore.create(builder -> builder.maxTtl(Duration.ofDays(20))
            .lockTtl(GRACE)
            .lockPolicy((principal, resource) -> true)
            .maxWritesPerSecondPerUser(2)
            .historySize(200)
            .index("status"));
    private final PresenceStore store = test.store();
    private final Recorder prompt = Recorder.chained();
    private final Recorder resumed = Recorder.chained();
    private final UserSubscription users;
    private final PresenceSession[] sessions = new PresenceSession[USERS];
    private final List<SoftLock> locks = new ArrayList<>();
    private final List<CompletableFuture<SoftLock>> waits = new ArrayList<>();
    private Subscription subscription;
    private @Nullable String token;
    private int logged;
    private int loggedOfResumed;
    private long lastToken;

    WallClockTwin() {
        users = store.users(SubscriptionOptions.defaults(), event -> {});
        store.subscribe(Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), prompt);
        subscription = store.subscribe(
                Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), resumed);
        test.drain();
    }

    /** Moves the wall clock, within a millisecond. A heartbeat at the very time of a write changes nothing of it. */
    void jump(Duration by) {
        test.clock().setWall(test.clock().instant().plus(by));
        test.pass(Duration.ofMillis(1));
        read();
    }

    void run(WallClockTwinsTest.Step step) {
        try {
            log.add(step.kind() + " " + act(step));
        } catch (PresenceException refused) {
            log.add(step.kind() + " " + refused.code() + " " + refused.retryAfter());
        }
        test.drain();
        read();
    }

    private String act(WallClockTwinsTest.Step step) {
        String id = "p" + step.id();
        Duration time = Duration.ofSeconds(step.seconds());
        Duration ttl = time.multipliedBy(10);
        PresenceSession session = session(step.id() % USERS);
        return switch (step.kind()) {
            case UPSERT -> written(store.upsert(upsert(id, step).expiresIn(ttl)).presence());
            case UPSERT_UNTIL ->
                written(store.upsert(upsert(id, step)
                                .expiresAt(test.clock().instant().plus(ttl)))
                        .presence());
            case UPSERT_OF_USER ->
                written(test.user("u" + step.id() % USERS)
                        .upsert(upsert(id, step).expiresIn(ttl))
                        .presence());
            case UPSERT_OF_SESSION ->
                written(session.upsert(upsert(id, step).expiresIn(ttl)).presence());
            case UPDATE ->
                String.valueOf(store.update(id, PresencePatch.none().status("s" + step.seconds()))
                        .outcome());
            case TOUCH -> store.touch(id) ? written(store.get(id)) : "absent";
            case TOUCH_OF_SESSION -> String.valueOf(session.touch());
            case ACTIVE -> String.valueOf(store.active(id));
            case DELETE -> String.valueOf(store.delete(id));
            case CLOSE -> close(session, time);
            case LOCK -> granted(session.tryLock("r"));
            case WAIT -> String.valueOf(waits.add(session.lock("r", time).toCompletableFuture()));
            case RENEW -> String.valueOf(locks.stream().map(SoftLock::renew).toList());
            case RELEASE -> String.valueOf(locks.stream().map(SoftLock::release).toList());
            case LEAVE -> leave();
            case RESUME -> resume();
            case PASS -> pass(time);
        };
    }

    private static PresenceUpsert upsert(String id, WallClockTwinsTest.Step step) {
        PresenceUpsert upsert = PresenceUpsert.of(id, "u" + step.id() % USERS, "online");
        return step.id() % 3 == 0 ? upsert.idle(Duration.ofSeconds(3), "away").idle(GRACE, "gone") : upsert;
    }

    /* A lease that was just set ends as much later by the wall clock as by the other one. */
    private String written(Presence presence) {
        return "until " + Duration.between(test.clock().instant(), presence.expiresAt());
    }

    private PresenceSession session(int user) {
        if (sessions[user] == null || !sessions[user].isOpen()) {
            sessions[user] = store.open(Principal.user("u" + user).build());
        }
        return sessions[user];
    }

    private static String close(PresenceSession session, Duration grace) {
        session.close(grace.compareTo(GRACE) > 0 ? GRACE : grace);
        return "closed";
    }

    private String granted(Optional<SoftLock> lock) {
        lock.ifPresent(this::note);
        return String.valueOf(lock.isPresent());
    }

    private void note(SoftLock lock) {
        assertThat(lock.token()).isGreaterThan(lastToken);
        lastToken = lock.token();
        times.add(lock.since());
        locks.add(lock);
    }

    private String leave() {
        token = subscription.resumeToken();
        subscription.close();
        return "left";
    }

    private String resume() {
        if (token == null) {
            return "open";
        }
        SubscriptionOptions options =
                SubscriptionOptions.defaults().withSnapshot().resumeFrom(token);
        Recorder next = Recorder.loose();
        subscription = store.subscribe(Channel.presences(), options, next);
        token = null;
        test.drain();
        next.assembled().values().forEach(each -> log.add(text(each)));
        return "resumed after " + next.resets() + " resets";
    }

    private String pass(Duration time) {
        test.clock().advance(time);
        return "passed";
    }

    /* Logs what is shown now. */
    private void read() {
        logged = logFrom(prompt, logged);
        loggedOfResumed = logFrom(resumed, loggedOfResumed);
        for (Presence each : store.list().presences()) {
            log.add(text(each));
        }
        for (int user = 0; user < USERS; user++) {
            log.add("u" + user + " was seen: " + (users.lastSeen("u" + user) != null));
        }
        waits.stream().filter(CompletableFuture::isDone).forEach(done -> log.add(waited(done)));
        waits.removeIf(CompletableFuture::isDone);
        locks.forEach(lock -> log.add("held " + lock.isHeld()));
        locks.removeIf(lock -> !lock.isHeld());
        log.add("entries " + store.stats().presences());
    }

    private String waited(CompletableFuture<SoftLock> done) {
        if (done.isCompletedExceptionally()) {
            return "waited in vain";
        }
        note(done.join());
        return "waited";
    }

    private int logFrom(Recorder recorder, int from) {
        recorder.assertClean();
        List<PresenceEvent> events = recorder.events();
        events.subList(from, events.size()).forEach(this::log);
        return events.size();
    }

    private void log(PresenceEvent event) {
        log.add(event.change() + " " + event.cause() + " " + event.isIdleChange() + " " + text(event.presence()));
        note(event.endedAt());
        note(event.lastSeenAt());
        if (event.change() == Change.EXIT) {
            assertThat(event.endedAt()).isAfterOrEqualTo(event.lastSeenAt());
        } else if (event.previous() != null) {
            assertThat(event.presence().createdAt()).isEqualTo(event.previous().createdAt());
        }
    }

    private String text(Presence presence) {
        note(presence.createdAt());
        note(presence.updatedAt());
        note(presence.expiresAt());
        note(presence.lastSeenAt());
        return presence.id() + " " + presence.userId() + " " + presence.status();
    }

    private void note(@Nullable Instant time) {
        if (time != null) {
            times.add(time);
        }
    }

    @Override
    public void close() {
        test.close();
    }
}

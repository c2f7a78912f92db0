package io.presence.views;

import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresenceUpsert;
import io.presence.Role;
import io.presence.fixture.ManualExecutor;
import io.presence.fixture.TestStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A store, its model, and all who follow users and counts. */
final class ViewsWorld {

    private static final int MAX_FOLLOWERS = 6;

    private final TestStore test = TestStore.create(builder -> builder.maxViews(2 * MAX_FOLLOWERS + 20));
    private final ViewLog log = new ViewLog();
    private final List<UserFollower> users = new ArrayList<>();
    private final List<CountFollower> counts = new ArrayList<>();

    private long now() {
        return test.clock().getAsLong();
    }

    void upsert(String id, String userId, Visibility visibility, String status, Object room, Duration ttl) {
        if (test.store().get(id) != null && !test.store().get(id).userId().equals(userId)) {
            return;
        }
        String shown = visibility == Visibility.PRIVATE ? UserFollower.SECRET : status;
        PresenceUpsert upsert = PresenceUpsert.of(id, userId, shown)
                .expiresIn(ttl)
                .permissions(visibility.permissions())
                .metadata(room == null ? Map.of() : Map.of("room", room));
        Presence written = test.store().upsert(upsert).presence();
        log.written(written, now(), ttl);
    }

    /** The readers of a presence, beside its owner. */
    enum Visibility {
        PRIVATE,
        TEAM,
        PUBLIC;

        private List<Permission> permissions() {
            return switch (this) {
                case PRIVATE -> List.of();
                case TEAM -> List.of(Permission.read(Role.team("blue")));
                case PUBLIC -> List.of(Permission.read(Role.any()));
            };
        }
    }

    void touch(String id, Duration ttl) {
        if (test.store().touch(id, ttl)) {
            log.touched(id, now(), ttl);
        }
    }

    void delete(String id) {
        test.store().delete(id);
        log.deleted(id);
    }

    void pass(Duration time) {
        test.clock().advance(time);
    }

    void jump(Duration by) {
        test.clock().setWall(test.clock().instant().plus(by));
    }

    void cycle() {
        test.store().doWork();
    }

    void followUsers(ViewCaller caller, ViewFilter filter, boolean isSlow, int maxPending) {
        if (users.size() < MAX_FOLLOWERS) {
            users.add(new UserFollower(test.store(), caller, filter, isSlow, maxPending));
        }
    }

    void followCounts(ViewCaller caller, ViewFilter filter, boolean isSlow, int maxPending) {
        if (counts.size() < MAX_FOLLOWERS) {
            counts.add(new CountFollower(test.store(), caller, filter, isSlow, maxPending));
        }
    }

    void withUsers(int which, Consumer<UserFollower> deed) {
        if (!users.isEmpty()) {
            deed.accept(users.get(which % users.size()));
        }
    }

    void withCounts(int which, Consumer<CountFollower> deed) {
        if (!counts.isEmpty()) {
            deed.accept(counts.get(which % counts.size()));
        }
    }

    /** Runs one task of each slow listener. */
    void runSome() {
        executors().filter(executor -> executor.size() > 0).forEach(ManualExecutor::runOne);
    }

    private Stream<ManualExecutor> executors() {
        return Stream.concat(
                users.stream().map(follower -> follower.executor),
                counts.stream().map(follower -> follower.executor));
    }

    /** Delivers everything, and compares all views with the model. */
    void settle() {
        users.forEach(UserFollower::resume);
        counts.forEach(CountFollower::resume);
        do {
            test.drain();
            executors().toList().forEach(ManualExecutor::runAll);
            test.drain();
        } while (executors().anyMatch(executor -> executor.size() > 0));
        List<Throwable> errors = test.takeErrors();
        if (!errors.isEmpty()) {
            throw new AssertionError(errors.get(0));
        }
        users.forEach(follower -> follower.check(log, now()));
        counts.forEach(follower -> follower.check(log, now()));
    }

    void close() {
        settle();
        users.forEach(UserFollower::close);
        counts.forEach(CountFollower::close);
        test.drain();
        if (test.store().stats().subscriptions() != 0) {
            throw new AssertionError("views must close with their last use: "
                    + test.store().stats().subscriptions());
        }
        test.close();
    }
}

package io.presence.property;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.jspecify.annotations.Nullable;

/** The random operations of a {@link StoreAndModel}, with few ids, users and times, which collide often. */
final class StoreOperations {

    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final List<List<Permission>> PERMISSIONS = List.of(
            List.of(),
            List.of(Permission.read(Role.any())),
            List.of(Permission.read(Role.users())),
            List.of(Permission.read(Role.team("blue")), Permission.update(Role.team("blue"))),
            List.of(Permission.read(Role.users()), Permission.delete(Role.label("vip"))),
            List.of(Permission.read(Role.user("bob")), Permission.write(Role.user("bob"))),
            List.of(Permission.update(Role.any()), Permission.delete(Role.any())));

    /** Something that happens, with a name for the report of a failure. */
    record Operation(String name, Consumer<StoreAndModel> effect) {
        @Override
        public String toString() {
            return name;
        }
    }

    private StoreOperations() {}

    static Arbitrary<Operation> all() {
        return Arbitraries.frequencyOf(
                Tuple.of(21, writes()),
                Tuple.of(4, Arbitraries.just(new Operation("drain", StoreAndModel::drain))),
                Tuple.of(2, Arbitraries.just(new Operation("one round", world -> world.store.doWork()))),
                Tuple.of(2, subscriptions()),
                Tuple.of(1, closes()));
    }

    /** The operations on presences and on time. */
    static Arbitrary<Operation> writes() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, upserts()),
                Tuple.of(4, updates()),
                Tuple.of(3, touches()),
                Tuple.of(2, deletes()),
                Tuple.of(5, passes()),
                Tuple.of(1, wallJumps()));
    }

    private static Arbitrary<Operation> upserts() {
        Arbitrary<@Nullable List<Permission>> permissions =
                Arbitraries.of(PERMISSIONS).injectNull(0.3);
        Arbitrary<@Nullable String> owners = Arbitraries.of("ada", "bob").injectNull(0.7);
        Arbitrary<Tuple2<Long, Boolean>> lifetimes =
                Combinators.combine(ttls(), Arbitraries.of(true, false)).as(Tuple::of);
        return Combinators.combine(callers(), ids(), owners, statuses(), docs(), permissions, lifetimes)
                .as((caller, id, owner, status, doc, granted, lifetime) -> {
                    String named = caller.isTrusted() && owner == null ? "ada" : owner;
                    long ttl = lifetime.get1();
                    return new Operation(
                            caller + " upserts " + id + " of " + named + " " + status + " " + doc + " " + granted
                                    + " for " + ttl + (lifetime.get2() ? " from now" : " by the wall"),
                            world -> {
                                PresenceUpsert upsert = upsert(id, named, status, doc, granted);
                                PresenceUpsert timed = ttl == 0
                                        ? upsert
                                        : lifetime.get2()
                                                ? upsert.expiresIn(Duration.ofMillis(ttl))
                                                : upsert.expiresAt(Instant.ofEpochMilli(world.model.wall + ttl));
                                world.both(
                                        caller,
                                        view -> view.upsert(timed),
                                        () -> world.model.upsert(caller, timed, ttl));
                            });
                });
    }

    private static PresenceUpsert upsert(
            String id, @Nullable String owner, String status, String doc, @Nullable List<Permission> granted) {
        PresenceUpsert upsert = owner == null ? PresenceUpsert.of(id, status) : PresenceUpsert.of(id, owner, status);
        PresenceUpsert about = upsert.metadata(metadata(doc));
        return granted == null ? about : about.permissions(granted);
    }

    private static Map<String, String> metadata(String doc) {
        return doc.isEmpty() ? Map.of() : Map.of("doc", doc);
    }

    private static Arbitrary<Operation> updates() {
        Arbitrary<@Nullable String> statuses = statuses().injectNull(0.5);
        Arbitrary<@Nullable String> docs = docs().injectNull(0.5);
        Arbitrary<@Nullable List<Permission>> permissions =
                Arbitraries.of(PERMISSIONS).injectNull(0.6);
        return Combinators.combine(callers(), ids(), statuses, docs, permissions, ttls())
                .as((caller, id, status, doc, granted, ttl) -> new Operation(
                        caller + " updates " + id + " " + status + " " + doc + " " + granted + " for " + ttl, world -> {
                            PresencePatch patch = patch(status, doc, granted, ttl);
                            world.both(
                                    caller,
                                    view -> view.update(id, patch),
                                    () -> world.model.update(caller, id, patch, ttl));
                        }));
    }

    private static PresencePatch patch(
            @Nullable String status, @Nullable String doc, @Nullable List<Permission> granted, long ttl) {
        PresencePatch patch = PresencePatch.none();
        patch = status == null ? patch : patch.status(status);
        patch = doc == null ? patch : patch.metadata(metadata(doc));
        patch = granted == null ? patch : patch.permissions(granted);
        return ttl == 0 ? patch : patch.expiresIn(Duration.ofMillis(ttl));
    }

    private static Arbitrary<Operation> touches() {
        return Combinators.combine(callers(), ids(), ttls())
                .as((caller, id, ttl) -> new Operation(
                        caller + " touches " + id + " for " + ttl,
                        world -> world.both(
                                caller,
                                view -> ttl == 0 ? view.touch(id) : view.touch(id, Duration.ofMillis(ttl)),
                                () -> world.model.touch(caller, id, ttl))));
    }

    private static Arbitrary<Operation> deletes() {
        return Combinators.combine(callers(), ids())
                .as((caller, id) -> new Operation(
                        caller + " deletes " + id,
                        world -> world.both(caller, view -> view.delete(id), () -> world.model.delete(caller, id))));
    }

    private static Arbitrary<Operation> passes() {
        return Arbitraries.of(1L, 3L, 4L, 8L, 17L, 100L, 1_000L, 60_000L, 40_000_000L, 30 * DAY)
                .map(millis -> new Operation("" + millis + " ms pass", world -> {
                    world.model.now += millis;
                    world.model.wall += millis;
                }));
    }

    private static Arbitrary<Operation> wallJumps() {
        /* A jump of a millisecond is not noticed: expiresAt is right to that. */
        return Arbitraries.of(-40 * DAY, -2L, 2L, 40 * DAY)
                .map(millis -> new Operation("the wall clock jumps " + millis, world -> world.model.wall += millis));
    }

    private static Arbitrary<Operation> subscriptions() {
        Arbitrary<Channel> channels = Arbitraries.of(Channel.presences(), Channel.presences(), Channel.presence("c.d"));
        return Combinators.combine(callers(), Arbitraries.of(QueryCase.values()), channels)
                .as((caller, asked, channel) -> new Operation(
                        caller + " subscribes to " + asked + " on " + channel,
                        world -> world.subscribe(caller, asked, channel)));
    }

    private static Arbitrary<Operation> closes() {
        return Arbitraries.integers()
                .between(0, 5)
                .map(which ->
                        new Operation("subscription " + which + " closes", world -> world.closeSubscription(which)));
    }

    static Arbitrary<ModelCaller> callers() {
        return Arbitraries.of(ModelCaller.values());
    }

    private static Arbitrary<String> ids() {
        return Arbitraries.of(StoreAndModel.IDS);
    }

    private static Arbitrary<String> statuses() {
        return Arbitraries.of("online", "away");
    }

    private static Arbitrary<String> docs() {
        return Arbitraries.of("plan", "budget", "");
    }

    private static Arbitrary<Long> ttls() {
        return Arbitraries.of(0L, 0L, 1L, 4L, 8L, 16L, 1_000L, 60_000L, 30 * DAY);
    }
}

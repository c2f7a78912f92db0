package io.presence.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Presence;
import io.presence.PresenceException;
import io.presence.PresenceException.Code;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.fixture.Promise;
import io.presence.fixture.TestStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Writes, deletes and expiries of several users, and of trusted code, against a plain map in which the living of a user
 * are counted anew each time: a write is refused if and only if the user has as many as it may, or the store has.
 */
class UserLimitsModelTest {

    private static final int PER_USER = 3;
    /* More than all ids, ended ones included. */
    private static final int CROWD = 100;

    /** One operation. */
    private enum Deed {
        UPSERT,
        TRUSTED_UPSERT,
        DELETE,
        TOUCH,
        PASS,
        DISPATCH
    }

    private record Step(Deed deed, String user, String id, int seconds) {}

    private record Model(String user, long end) {}

    private static final class World {

        private final TestStore test;
        private final int most;
        private final Map<String, Model> model = new HashMap<>();
        private long now;

        World(int most) {
            this.most = most;
            test = TestStore.create(builder -> builder.maxPresences(most).maxPresencesPerUser(PER_USER));
        }

        private long living(String user) {
            return model.values().stream()
                    .filter(each ->
                            each.end() > now && (user.isEmpty() || each.user().equals(user)))
                    .count();
        }

        private boolean isAlive(String id) {
            Model there = model.get(id);
            return there != null && there.end() > now;
        }

        /* Null if it is written. */
        private @Nullable Code expected(Step step, boolean isTrusted) {
            if (isAlive(step.id())) {
                return model.get(step.id()).user().equals(step.user()) ? null : Code.ID_UNAVAILABLE;
            }
            if (!isTrusted && living(step.user()) >= PER_USER) {
                return Code.LIMIT_EXCEEDED;
            }
            return living("") >= most ? Code.STORE_FULL : null;
        }

        void take(Step step) {
            switch (step.deed()) {
                case UPSERT -> upsert(step, false);
                case TRUSTED_UPSERT -> upsert(step, true);
                case DELETE -> delete(step);
                case TOUCH -> test.store().touch(step.id());
                case PASS -> {
                    now += step.seconds();
                    test.clock().advance(Duration.ofSeconds(step.seconds()));
                }
                case DISPATCH -> test.drain();
            }
            if (step.deed() == Deed.TOUCH && isAlive(step.id())) {
                /* All lifetimes that are written are of ten seconds. */
                model.computeIfPresent(step.id(), (id, there) -> new Model(there.user(), now + 10));
            }
        }

        private void upsert(Step step, boolean isTrusted) {
            Presences view = isTrusted ? test.store() : test.user(step.user());
            Code expected = expected(step, isTrusted);
            /* The store notes an expiry by a round alone; a user's limit is exact without one. */
            if (most < CROWD) {
                test.drain();
            }
            Code refused = null;
            try {
                view.upsert(PresenceUpsert.of(step.id(), step.user(), "online").expiresIn(Duration.ofSeconds(10)));
                model.put(step.id(), new Model(step.user(), now + 10));
            } catch (PresenceException e) {
                refused = e.code();
                checkRetry(e, step.user());
            }
            assertThat(refused).as(step.toString()).isEqualTo(expected);
        }

        private void checkRetry(PresenceException refused, String user) {
            if (refused.code() == Code.LIMIT_EXCEEDED) {
                long first = model.values().stream()
                        .filter(each -> each.end() > now && each.user().equals(user))
                        .mapToLong(Model::end)
                        .min()
                        .orElseThrow();
                assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(first - now));
            }
        }

        private void delete(Step step) {
            boolean isDeleted = test.store().delete(step.id());
            assertThat(isDeleted).isEqualTo(isAlive(step.id()));
            model.remove(step.id());
        }

        void checkAllIsGivenBack() {
            for (Presence presence : test.store().list().presences()) {
                test.store().delete(presence.id());
            }
            test.drain();
            model.clear();
            for (int i = 0; i < PER_USER; i++) {
                take(new Step(Deed.UPSERT, "ada", "last" + i, 0));
            }
            take(new Step(Deed.UPSERT, "ada", "one-more", 0));
            test.close();
        }
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Deed> deeds = Arbitraries.frequency(
                Tuple.of(8, Deed.UPSERT),
                Tuple.of(2, Deed.TRUSTED_UPSERT),
                Tuple.of(3, Deed.DELETE),
                Tuple.of(1, Deed.TOUCH),
                Tuple.of(3, Deed.PASS),
                Tuple.of(2, Deed.DISPATCH));
        Arbitrary<String> users = Arbitraries.of("ada", "bob", "eve");
        Arbitrary<String> ids = Arbitraries.integers().between(0, 9).map(number -> "p" + number);
        return Combinators.combine(deeds, users, ids, Arbitraries.integers().between(1, 6))
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(80);
    }

    @Property(tries = 1_000)
    @Promise("user-presences")
    void upsert_byUsersAndTrustedCode_isRefusedIfAndOnlyIfNoClaimIsFree(
            @ForAll("histories") List<Step> history, @ForAll boolean isCrowded) {
        World world = new World(isCrowded ? 6 : CROWD);
        history.forEach(world::take);
        world.checkAllIsGivenBack();
    }
}

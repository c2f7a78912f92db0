package io.presence.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Presence;
import io.presence.PresenceException;
import io.presence.PresenceException.Code;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Version;
import io.presence.WriteResult;
import io.presence.WriteResult.Outcome;
import io.presence.fixture.Promise;
import io.presence.fixture.TestStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Random writes with conditions, compared with the plain list of all that happened. */
class VersionsPropertyTest {

    private static final int TTL = 10;

    enum Kind {
        UPSERT,
        UPDATE,
        UPDATE_WITH_TTL,
        DELETE,
        TOUCH,
        PASS,
        DRAIN
    }

    enum Condition {
        NONE,
        ABSENT,
        PRESENT_VERSION,
        EARLIER_VERSION
    }

    /** An operation. {@code number} is a time, or selects an earlier version. */
    record Step(Kind kind, String id, String status, Condition condition, int number) {}

    /** A state of a presence from some moment on; without a status, its end. */
    private record Fact(
            String id, @Nullable String status, @Nullable Version version, long deadline) {}

    /** The slow and obvious oracle. */
    private static final class Log {
        private final List<Fact> facts = new ArrayList<>();
        private long now;

        @Nullable Fact live(String id) {
            Fact last = null;
            for (Fact fact : facts) {
                last = fact.id().equals(id) ? fact : last;
            }
            return last == null || last.status() == null || last.deadline() <= now ? null : last;
        }

        boolean hasSeen(Version version) {
            return facts.stream().anyMatch(fact -> version.equals(fact.version()));
        }

        /** The version that a condition names; an unknown one if there is none. */
        Version named(Step step) {
            Fact live = live(step.id());
            if (step.condition() == Condition.PRESENT_VERSION && live != null) {
                return live.version();
            }
            List<Version> all = facts.stream()
                    .map(Fact::version)
                    .filter(version -> version != null)
                    .toList();
            return all.isEmpty() ? Version.of(-1, -1) : all.get(step.number() % all.size());
        }

        boolean holds(Step step, @Nullable Version named, @Nullable Fact live) {
            return switch (step.condition()) {
                case NONE -> true;
                case ABSENT -> live == null;
                case PRESENT_VERSION, EARLIER_VERSION ->
                    live != null && live.version().equals(named);
            };
        }
    }

    private final Log log = new Log();
    private TestStore test;

    @Property(tries = 500)
    @Promise("version-unique")
    @Promise("condition-atomic")
    @Promise("write-outcome")
    void writesWithConditions_always_followTheListOfAllThatHappened(@ForAll("histories") List<Step> history) {
        log.facts.clear();
        log.now = 0;
        try (TestStore opened = TestStore.create()) {
            test = opened;
            for (Step step : history) {
                apply(step);
                check("a");
                check("b");
            }
        }
    }

    private void check(String id) {
        Fact expected = log.live(id);
        Presence found = test.store().get(id);
        if (expected == null) {
            assertThat(found).isNull();
        } else {
            assertThat(found.status()).isEqualTo(expected.status());
            assertThat(found.version()).isEqualTo(expected.version());
            assertThat(found.expiresAt()).isEqualTo(test.clock().instant().plusMillis(expected.deadline() - log.now));
        }
    }

    private void apply(Step step) {
        switch (step.kind()) {
            case UPSERT -> upsert(step);
            case UPDATE, UPDATE_WITH_TTL -> update(step);
            case DELETE -> delete(step);
            case TOUCH -> touch(step);
            case PASS -> {
                test.clock().advance(Duration.ofMillis(step.number()));
                log.now += step.number();
            }
            case DRAIN -> test.drain();
        }
    }

    private void upsert(Step step) {
        Fact live = log.live(step.id());
        Version named = log.named(step);
        PresenceUpsert plain =
                PresenceUpsert.of(step.id(), "ada", step.status()).expiresIn(Duration.ofMillis(TTL));
        PresenceUpsert upsert = switch (step.condition()) {
            case NONE -> plain;
            case ABSENT -> plain.ifAbsent();
            case PRESENT_VERSION, EARLIER_VERSION -> plain.ifVersion(named);
        };
        if (!log.holds(step, named, live)) {
            assertRefused(Code.VERSION_CONFLICT, () -> test.store().upsert(upsert));
            return;
        }
        Outcome changed = live == null ? Outcome.CREATED : Outcome.REPLACED;
        happened(step, live, test.store().upsert(upsert), changed, log.now + TTL);
    }

    private void update(Step step) {
        Fact live = log.live(step.id());
        Version named = log.named(step);
        boolean isTimed = step.kind() == Kind.UPDATE_WITH_TTL;
        PresencePatch plain = PresencePatch.none().status(step.status());
        PresencePatch timed = isTimed ? plain.expiresIn(Duration.ofMillis(TTL)) : plain;
        /* A patch has no ifAbsent. */
        boolean isVersioned =
                step.condition() == Condition.PRESENT_VERSION || step.condition() == Condition.EARLIER_VERSION;
        PresencePatch patch = isVersioned ? timed.ifVersion(named) : timed;
        if (live == null) {
            assertRefused(Code.NOT_FOUND, () -> test.store().update(step.id(), patch));
        } else if (isVersioned && !log.holds(step, named, live)) {
            assertRefused(Code.VERSION_CONFLICT, () -> test.store().update(step.id(), patch));
        } else {
            long deadline = isTimed ? log.now + TTL : live.deadline();
            happened(step, live, test.store().update(step.id(), patch), Outcome.UPDATED, deadline);
        }
    }

    private void happened(Step step, @Nullable Fact live, WriteResult result, Outcome changed, long deadline) {
        boolean isEqual = live != null && live.status().equals(step.status());
        Version version = result.presence().version();
        assertThat(result.outcome()).isEqualTo(isEqual ? Outcome.UNCHANGED : changed);
        assertThat(result.isChange()).isEqualTo(!isEqual);
        if (!isEqual) {
            assertThat(log.hasSeen(version)).isFalse();
        }
        log.facts.add(new Fact(step.id(), step.status(), version, deadline));
    }

    private void delete(Step step) {
        Fact live = log.live(step.id());
        Version named = log.named(step);
        boolean isVersioned = step.condition() != Condition.NONE && step.condition() != Condition.ABSENT;
        if (isVersioned && live != null && !log.holds(step, named, live)) {
            assertRefused(Code.VERSION_CONFLICT, () -> test.store().delete(step.id(), named));
            return;
        }
        boolean deleted = isVersioned
                ? test.store().delete(step.id(), named)
                : test.store().delete(step.id());
        assertThat(deleted).isEqualTo(live != null);
        log.facts.add(new Fact(step.id(), null, null, 0));
    }

    private void touch(Step step) {
        Fact live = log.live(step.id());
        assertThat(test.store().touch(step.id())).isEqualTo(live != null);
        if (live != null) {
            long deadline = Math.max(live.deadline(), log.now + TTL);
            log.facts.add(new Fact(step.id(), live.status(), live.version(), deadline));
        }
    }

    private static void assertRefused(Code code, Supplier<?> call) {
        try {
            assertThat(call.get()).as("must be refused with %s", code).isNull();
        } catch (PresenceException e) {
            assertThat(e.code()).isEqualTo(code);
        }
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Kind> kinds = Arbitraries.of(Kind.values());
        Arbitrary<Condition> conditions = Arbitraries.of(Condition.values());
        Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 12);
        return Combinators.combine(
                        kinds, Arbitraries.of("a", "b"), Arbitraries.of("online", "away"), conditions, numbers)
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(60);
    }
}

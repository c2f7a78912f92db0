package io.presence.inputs;

import static io.presence.inputs.WrongInput.absent;
import static io.presence.inputs.WrongInput.argument;
import static io.presence.inputs.WrongInput.query;
import static io.presence.inputs.WrongInput.state;

import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.SubscriptionOptions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Options of a store and of a subscription. */
final class WrongOptions {

    private static final SubscriptionOptions OPTIONS = SubscriptionOptions.defaults();

    private WrongOptions() {}

    private static PresenceStoreBuilder builder() {
        return PresenceStore.builder();
    }

    static Stream<WrongInput> rows() {
        return Stream.of(store(), limitsOfUsers(), locksWithoutPolicy(), names(), absentOptions(), subscription())
                .flatMap(List::stream);
    }

    private static List<WrongInput> locksWithoutPolicy() {
        return List.of(
                withoutPolicy("stealRule", builder().stealRule((principal, held) -> true)),
                withoutPolicy("maxLocksPerUser", builder().maxLocksPerUser(1)),
                withoutPolicy("lockTtl", builder().lockTtl(Duration.ofSeconds(1))),
                withoutPolicy("lockTokens", builder().lockTokens(() -> 1)));
    }

    private static WrongInput withoutPolicy(String option, PresenceStoreBuilder builder) {
        return state(option + " without policy", "lockPolicy must be set if " + option + " is", builder::build);
    }

    private static List<WrongInput> names() {
        String rule = "name must be 1 to 64 characters of [A-Za-z0-9._-], the first a letter or a digit: ";
        return Stream.of("", "two words", ":x", "-x", "a/b", "a:b")
                .flatMap(name -> Stream.of(
                        argument(
                                "store named " + name,
                                rule + '"' + name + '"',
                                () -> builder().name(name)),
                        argument(
                                "subscription named " + name,
                                rule + '"' + name + '"',
                                () -> SubscriptionOptions.defaults().name(name))))
                .toList();
    }

    private static List<WrongInput> limitsOfUsers() {
        return List.of(
                argument(
                        "maxPresencesPerUser zero",
                        "maxPresencesPerUser must be positive: 0",
                        () -> builder().maxPresencesPerUser(0)),
                argument(
                        "maxSubscriptionsPerUser negative",
                        "maxSubscriptionsPerUser must be positive: -1",
                        () -> builder().maxSubscriptionsPerUser(-1)),
                argument(
                        "maxWritesPerSecondPerUser zero",
                        "maxWritesPerSecondPerUser must be from 1 to 1000000: 0",
                        () -> builder().maxWritesPerSecondPerUser(0)),
                argument(
                        "maxWritesPerSecondPerUser beyond the most",
                        "maxWritesPerSecondPerUser must be from 1 to 1000000: 1000001",
                        () -> builder().maxWritesPerSecondPerUser(1_000_001)),
                argument(
                        "minTtl zero",
                        "minTtl must be positive: PT0S",
                        () -> builder().minTtl(Duration.ZERO)),
                argument(
                        "minTtl beyond maxTtl",
                        "minTtl must be at most maxTtl, PT1S: PT2S",
                        () -> builder()
                                .maxTtl(Duration.ofSeconds(1))
                                .minTtl(Duration.ofSeconds(2))
                                .build()),
                argument(
                        "defaultTtl below minTtl",
                        "defaultTtl must be at least minTtl, PT2S: PT1S",
                        () -> builder()
                                .defaultTtl(Duration.ofSeconds(1))
                                .minTtl(Duration.ofSeconds(2))
                                .build()),
                argument(
                        "maxLocksPerUser zero",
                        "maxLocksPerUser must be positive: 0",
                        () -> builder().maxLocksPerUser(0)),
                argument(
                        "lockTtl zero",
                        "lockTtl must be positive: PT0S",
                        () -> builder().lockTtl(Duration.ZERO)),
                argument(
                        "lockTtl beyond maxTtl",
                        "lockTtl must be at most maxTtl, PT1S: PT2S",
                        () -> builder()
                                .maxTtl(Duration.ofSeconds(1))
                                .lockTtl(Duration.ofSeconds(2))
                                .lockPolicy((principal, resource) -> true)
                                .build()),
                absent(
                        "lockPolicy null",
                        "lockPolicy must not be null",
                        () -> builder().lockPolicy(null)),
                absent(
                        "stealRule null",
                        "stealRule must not be null",
                        () -> builder().stealRule(null)),
                absent(
                        "lockTokens null",
                        "lockTokens must not be null",
                        () -> builder().lockTokens(null)),
                state(
                        "maxLocksPerUser twice",
                        "maxLocksPerUser must be set once",
                        () -> builder().maxLocksPerUser(1).maxLocksPerUser(2)),
                absent("minTtl null", "minTtl must not be null", () -> builder().minTtl(null)),
                state(
                        "maxPresencesPerUser twice",
                        "maxPresencesPerUser must be set once",
                        () -> builder().maxPresencesPerUser(1).maxPresencesPerUser(2)),
                state(
                        "scopeIdsByUser twice",
                        "scopeIdsByUser must be set once",
                        () -> builder().scopeIdsByUser().scopeIdsByUser()));
    }

    private static List<WrongInput> store() {
        String indexable = "attribute must be userId, status, source or metadata.<path>: ";
        return List.of(
                argument(
                        "defaultTtl zero",
                        "defaultTtl must be positive: PT0S",
                        () -> builder().defaultTtl(Duration.ZERO)),
                argument(
                        "maxTtl beyond the most",
                        "maxTtl must be at most PT720H: PT744H",
                        () -> builder().maxTtl(Duration.ofDays(31))),
                argument(
                        "defaultTtl beyond maxTtl",
                        "defaultTtl must be at most maxTtl, PT1S: PT2S",
                        () -> builder()
                                .maxTtl(Duration.ofSeconds(1))
                                .defaultTtl(Duration.ofSeconds(2))
                                .build()),
                argument(
                        "tick too short",
                        "tick must be from PT0.001S to PT1S: PT0S",
                        () -> builder().tick(Duration.ZERO)),
                argument(
                        "maxPresences zero",
                        "maxPresences must be positive: 0",
                        () -> builder().maxPresences(0)),
                argument(
                        "historySize negative",
                        "historySize must be from 0 to 65536: -1",
                        () -> builder().historySize(-1)),
                argument(
                        "closeTimeout negative",
                        "closeTimeout must be from PT0S to PT24H: PT-1S",
                        () -> builder().closeTimeout(Duration.ofSeconds(-1))),
                argument(
                        "index on an attribute that is none",
                        indexable + "\"name\"",
                        () -> builder().index("name")),
                argument(
                        "index on all metadata",
                        indexable + "\"metadata\"",
                        () -> builder().index("metadata")),
                query(
                        "index with an empty key",
                        "attribute must not have an empty key: \"metadata.\"",
                        () -> builder().index("metadata.")),
                state(
                        "option set twice",
                        "defaultTtl must be set once",
                        () -> builder().defaultTtl(Duration.ofSeconds(1)).defaultTtl(Duration.ofSeconds(2))),
                state(
                        "index twice",
                        "index on status must be set once",
                        () -> builder().index("status").index("status")));
    }

    private static List<WrongInput> absentOptions() {
        return List.of(
                absent(
                        "defaultTtl null",
                        "defaultTtl must not be null",
                        () -> builder().defaultTtl(null)),
                absent("maxTtl null", "maxTtl must not be null", () -> builder().maxTtl(null)),
                absent("tick null", "tick must not be null", () -> builder().tick(null)),
                absent(
                        "nanoClock null",
                        "nanoClock must not be null",
                        () -> builder().nanoClock(null)),
                absent(
                        "wallClock null",
                        "wallClock must not be null",
                        () -> builder().wallClock(null)),
                absent(
                        "index null",
                        "attribute must not be null",
                        () -> builder().index(null)),
                absent(
                        "onListenerError null",
                        "onListenerError must not be null",
                        () -> builder().onListenerError(null)),
                absent(
                        "closeTimeout null",
                        "closeTimeout must not be null",
                        () -> builder().closeTimeout(null)),
                absent(
                        "listenerExecutor null",
                        "listenerExecutor must not be null",
                        () -> builder().listenerExecutor(null)),
                absent(
                        "threadFactory null",
                        "threadFactory must not be null",
                        () -> builder().threadFactory(null)));
    }

    private static List<WrongInput> subscription() {
        return List.of(
                argument("maxPending zero", "maxPending must be positive: 0", () -> OPTIONS.maxPending(0)),
                argument("batchSize zero", "batchSize must be positive: 0", () -> OPTIONS.batchSize(0)),
                argument(
                        "initialRequest negative",
                        "initialRequest must not be negative: -1",
                        () -> OPTIONS.initialRequest(-1)),
                absent("executor null", "executor must not be null", () -> OPTIONS.executor(null)),
                absent("token null", "token must not be null", () -> OPTIONS.resumeFrom(null)));
    }
}

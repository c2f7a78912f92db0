package io.presence.inputs;

import static io.presence.inputs.WrongInput.argument;
import static io.presence.inputs.WrongInput.request;

import io.presence.Channel;
import io.presence.PresenceId;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Calls that go beyond a limit of the user. */
final class WrongWritesOfUsers {

    private final PresenceStore store = PresenceStore.builder()
            .callerDriven()
            .nanoClock(() -> 0)
            .wallClock(() -> Instant.EPOCH)
            .maxPresencesPerUser(1)
            .maxSubscriptionsPerUser(1)
            .minTtl(Duration.ofSeconds(10))
            .scopeIdsByUser()
            .build();
    private final PresenceStore slow = PresenceStore.builder()
            .callerDriven()
            .nanoClock(() -> 0)
            .maxWritesPerSecondPerUser(1)
            .build();
    private final Presences ada = store.as(Principal.user("ada").build());
    private final Presences slowAda = slow.as(Principal.user("ada").build());

    private WrongWritesOfUsers() {
        ada.upsert(own("a").expiresIn(Duration.ofSeconds(20)));
        ada.subscribe(Channel.presences(), event -> {});
        slowAda.upsert(PresenceUpsert.of("a", "online"));
    }

    static Stream<WrongInput> rows() {
        WrongWritesOfUsers calls = new WrongWritesOfUsers();
        return Stream.of(calls.beyondLimits(), calls.outsideOfOwnIds(), calls.lifetimes())
                .flatMap(List::stream);
    }

    private static PresenceUpsert own(String local) {
        return PresenceUpsert.of(PresenceId.of("ada", local), "online");
    }

    private List<WrongInput> beyondLimits() {
        String rate = "writes of a user in a second must be at most maxWritesPerSecondPerUser: 1 (retry after PT1S)";
        return List.of(
                request(
                        "one presence too many of a user",
                        "living presences of a user must be at most maxPresencesPerUser: 1 (retry after PT20S)",
                        () -> ada.upsert(own("b"))),
                request(
                        "one subscription too many of a user",
                        "open subscriptions of a user must be at most maxSubscriptionsPerUser: 1"
                                + " (retry once one has ended)",
                        () -> ada.subscribe(Channel.presences(), event -> {})),
                request("one upsert too many of a user", rate, () -> slowAda.upsert(PresenceUpsert.of("a", "away"))),
                request("one update too many of a user", rate, () -> slowAda.update("a", PresencePatch.none())));
    }

    private List<WrongInput> outsideOfOwnIds() {
        return List.of(
                request(
                        "presence id of no user",
                        "presenceId must be one that PresenceId.of returns for userId ada: tab",
                        () -> ada.upsert(PresenceUpsert.of("tab", "online"))),
                request(
                        "presence id of another user",
                        "presenceId must be one that PresenceId.of returns for userId ada: bob~tab",
                        () -> ada.upsert(PresenceUpsert.of("bob~tab", "online"))),
                argument(
                        "presence id of another user, by trusted code",
                        "presenceId must have no ~, or be one that PresenceId.of returns for userId ada: bob~tab",
                        () -> store.upsert(PresenceUpsert.of("bob~tab", "ada", "online"))));
    }

    private List<WrongInput> lifetimes() {
        return List.of(
                argument(
                        "lifetime below the least",
                        "expiresIn must be at least minTtl, PT10S: PT1S",
                        () -> ada.upsert(own("a").expiresIn(Duration.ofSeconds(1)))),
                argument(
                        "end before the least lifetime",
                        "expiresAt must be at least minTtl, PT10S, from now, 1970-01-01T00:00:10Z:"
                                + " 1970-01-01T00:00:09Z",
                        () -> ada.upsert(own("a").expiresAt(Instant.ofEpochSecond(9)))),
                argument(
                        "heartbeat below the least lifetime",
                        "ttl must be at least minTtl, PT10S: PT1S",
                        () -> ada.touch("ada~a", Duration.ofSeconds(1))));
    }
}

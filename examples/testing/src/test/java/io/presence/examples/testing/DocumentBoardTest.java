package io.presence.examples.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Principal;
import io.presence.Role;
import io.presence.SubscriptionOptions;
import io.presence.query.Query;
import io.presence.testing.ManualClock;
import io.presence.testing.ManualStore;
import io.presence.testing.RecordingListener;
import io.presence.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A minute on a shared document, in virtual time: no test sleeps, and each gives the same result on every run. */
class DocumentBoardTest {

    private static final Duration LIFETIME = Duration.ofSeconds(30);

    private final ManualStore test = ManualStore.of(PresenceStore.builder().defaultTtl(LIFETIME));
    private final Presences ada = memberOfBlue("ada");
    private final Presences bob = memberOfBlue("bob");
    private final Presences cleo = memberOfBlue("cleo");
    private final DocumentBoard board = new DocumentBoard(bob, "plan");

    private Presences memberOfBlue(String user) {
        return test.store().as(Principal.user(user).team("blue").build());
    }

    private static PresenceUpsert on(String documentId, String presenceId, String status) {
        return PresenceUpsert.of(presenceId, status)
                .metadata(Map.of("documentId", documentId))
                .permissions(Permission.read(Role.team("blue")));
    }

    /** Advances the clock of the store to a time, given in seconds after its start, and delivers what is due. */
    private void at(int second) {
        Duration passed = Duration.between(ManualClock.START, test.clock().instant());
        test.advance(Duration.ofSeconds(second).minus(passed));
    }

    @AfterEach
    void close() {
        board.close();
        test.close();
    }

    @Test
    void lines_throughAMinute_areWhoHasTheDocumentOpen() {
        ada.upsert(on("plan", "ada-laptop", "viewing"));
        at(4);
        ada.update("ada-laptop", PresencePatch.none().status("typing"));
        at(9);
        cleo.upsert(on("plan", "cleo-phone", "viewing"));
        at(20);
        assertThat(board.lines()).containsExactly("ada-laptop typing", "cleo-phone viewing");

        ada.touch("ada-laptop");
        ada.upsert(on("plan", "ada-tablet", "viewing"));
        at(24);
        assertThat(board.lines()).containsExactly("ada-laptop typing", "ada-tablet viewing", "cleo-phone viewing");

        ada.update("ada-laptop", PresencePatch.none().metadata(Map.of("documentId", "budget")));
        at(31);
        assertThat(board.lines()).containsExactly("ada-tablet viewing", "cleo-phone viewing");

        ada.touch("ada-tablet");
        at(40);
        assertThat(board.lines()).as("cleo's phone expired at 39").containsExactly("ada-tablet viewing");

        cleo.upsert(on("plan", "cleo-phone", "typing"));
        ada.delete("ada-tablet");
        at(58);
        assertThat(board.lines()).containsExactly("cleo-phone typing");
    }

    @Test
    void events_ofOnePresence_haveTheirCause() {
        RecordingListener listener = RecordingListener.withSnapshot();
        bob.subscribe(
                Channel.presences(),
                SubscriptionOptions.defaults().withSnapshot(),
                listener,
                Query.equal("metadata.documentId", "plan"));

        ada.upsert(on("plan", "ada-laptop", "viewing"));
        at(4);
        ada.update("ada-laptop", PresencePatch.none().status("typing"));
        at(15);
        ada.touch("ada-laptop");
        at(24);
        ada.update("ada-laptop", PresencePatch.none().metadata(Map.of("documentId", "budget")));
        at(30);
        ada.upsert(on("plan", "ada-laptop", "viewing"));
        at(61);

        assertThat(listener.lines())
                .containsExactly(
                        "ENTER ada-laptop viewing",
                        "UPDATE ada-laptop typing",
                        "EXIT ada-laptop NO_LONGER_MATCHES",
                        "ENTER ada-laptop viewing",
                        "EXIT ada-laptop EXPIRED");
    }

    @Test
    void expiry_beforeTheDeadline_doesNotHappen() {
        ada.upsert(on("plan", "ada-laptop", "viewing"));

        test.advance(LIFETIME.minusNanos(1));
        assertThat(board.lines()).containsExactly("ada-laptop viewing");

        test.advance(Duration.ofMillis(8));
        assertThat(board.lines()).as("one tick after the deadline").isEmpty();
    }

    @Test
    void lines_forAGuest_areEmpty() {
        ada.upsert(on("plan", "ada-laptop", "viewing"));
        try (DocumentBoard ofGuest =
                new DocumentBoard(test.store().as(Principal.guest().build()), "plan")) {
            test.run();
            assertThat(board.lines()).hasSize(1);
            assertThat(ofGuest.lines()).isEmpty();
        }
    }

    @Test
    void onEvent_withoutAStore_takesSamples() {
        board.onEvent(Samples.enter(Samples.presence(PresenceUpsert.of("ada-laptop", "ada", "viewing"))));

        assertThat(board.lines()).isEqualTo(List.of("ada-laptop viewing"));
    }
}

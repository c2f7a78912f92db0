package io.presence;

import static io.presence.RefusalAssertions.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceEvent.Change;
import io.presence.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PresenceEventTest {

    @ParameterizedTest
    @CsvSource({"UPSERT,upsert", "UPDATE,update", "DELETE,delete"})
    void events_ofEachAction_areAppwritesInItsOrder(Action action, String word) {
        assertThat(enter("abc", action).events())
                .containsExactly("presences.abc." + word, "presences.*." + word, "presences.abc", "presences.*");
    }

    @ParameterizedTest
    @CsvSource({"UPSERT,upsert", "UPDATE,update", "DELETE,delete"})
    void channels_ofEachAction_areAppwritesInItsOrder(Action action, String word) {
        assertThat(enter("abc", action).channels())
                .containsExactly("presences", "presences.abc", "presences." + word, "presences.abc." + word);
    }

    @Test
    void names_ofIdWithDots_keepThem() {
        PresenceEvent event = enter("a.b", Action.UPSERT);
        assertThat(event.events())
                .containsExactly("presences.a.b.upsert", "presences.*.upsert", "presences.a.b", "presences.*");
        assertThat(event.channels())
                .containsExactly("presences", "presences.a.b", "presences.upsert", "presences.a.b.upsert");
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void channels_ofEachAction_areParsedByChannel(Action action) {
        Set<Channel> read =
                enter("a.b", action).channels().stream().map(Channel::parse).collect(Collectors.toSet());
        assertThat(read)
                .containsExactlyInAnyOrder(
                        Channel.presences(),
                        Channel.presence("a.b"),
                        new Channel(null, action),
                        new Channel("a.b", action));
    }

    @Test
    void constructor_causeWithoutExit_isRefused() {
        Presence presence = presence("abc");
        assertRefused(
                "cause must be null unless change is EXIT, and must not be null then: ENTER",
                () -> new PresenceEvent(1, Action.DELETE, Change.ENTER, Cause.DELETED, presence, null));
        assertRefused(
                "cause must be null unless change is EXIT, and must not be null then: UPDATE",
                () -> new PresenceEvent(1, Action.DELETE, Change.UPDATE, Cause.EXPIRED, presence, presence));
        assertRefused(
                "cause must be null unless change is EXIT, and must not be null then: EXIT",
                () -> new PresenceEvent(1, Action.DELETE, Change.EXIT, null, presence, null));
    }

    @Test
    void constructor_previousWithoutUpdate_isRefused() {
        Presence presence = presence("abc");
        assertRefused(
                "previous must be null unless change is UPDATE, and must not be null then: ENTER",
                () -> new PresenceEvent(1, Action.UPSERT, Change.ENTER, null, presence, presence));
        assertRefused(
                "previous must be null unless change is UPDATE, and must not be null then: EXIT",
                () -> new PresenceEvent(1, Action.DELETE, Change.EXIT, Cause.DELETED, presence, presence));
        assertRefused(
                "previous must be null unless change is UPDATE, and must not be null then: UPDATE",
                () -> new PresenceEvent(1, Action.UPSERT, Change.UPDATE, null, presence, null));
    }

    @Test
    void isEnd_ofEachCause_isTrueIfThePresenceEnded() {
        assertThat(Stream.of(Cause.values()).filter(Cause::isEnd))
                .containsExactly(
                        Cause.DELETED,
                        Cause.EXPIRED,
                        Cause.DISCONNECTED,
                        Cause.SHUTDOWN,
                        Cause.REPLACED,
                        Cause.NODE_LOST);
    }

    @Test
    void page_always_copiesItsListAndIsConsistent() {
        List<Presence> two = new ArrayList<>(List.of(presence("a"), presence("b")));
        PresencePage page = new PresencePage(2, two);
        two.clear();
        assertThat(page.presences()).hasSize(2).isUnmodifiable();
        assertRefused("total must be at least the size of the page: 1", () -> new PresencePage(1, page.presences()));
    }

    private static PresenceEvent enter(String id, Action action) {
        return new PresenceEvent(1, action, Change.ENTER, null, presence(id), null);
    }

    private static Presence presence(String id) {
        return Samples.presence(PresenceUpsert.of(id, "ada", "online"));
    }
}

package io.presence;

import static io.presence.RefusalAssertions.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceEvent.Action;
import io.presence.fixture.Promise;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelTest {

    private static final String CHARACTERS =
            "presenceId must be printable ASCII without space, \", / and \\ (see Ids.escape): ";

    @Provide
    Arbitrary<Channel> channels() {
        Arbitrary<String> ids = GrammarArbitraries.presenceIds().injectNull(0.1);
        Arbitrary<Action> actions = Arbitraries.of(Action.class).injectNull(0.3);
        return Combinators.combine(ids, actions).as(Channel::new);
    }

    @Property(tries = 1000)
    @Promise("text-forms")
    void parse_ofToString_isEqual(@ForAll("channels") Channel channel) {
        assertThat(Channel.parse(channel.toString())).isEqualTo(channel);
    }

    @Test
    void toString_always_isAppwritesText() {
        assertThat(Channel.presences()).hasToString("presences");
        assertThat(Channel.presences().upsert()).hasToString("presences.upsert");
        assertThat(Channel.presences().update()).hasToString("presences.update");
        assertThat(Channel.presences().delete()).hasToString("presences.delete");
        assertThat(Channel.presence("tab-1")).hasToString("presences.tab-1");
        assertThat(Channel.presence("tab-1").upsert()).hasToString("presences.tab-1.upsert");
        assertThat(Channel.presence("tab-1").update()).hasToString("presences.tab-1.update");
        assertThat(Channel.presence("tab-1").delete()).hasToString("presences.tab-1.delete");
    }

    @Test
    void parse_idWithDots_keepsThem() {
        assertThat(Channel.parse("presences.a.b")).isEqualTo(new Channel("a.b", null));
        assertThat(Channel.parse("presences.a.b.update")).isEqualTo(new Channel("a.b", Action.UPDATE));
        assertThat(Channel.parse("presences.presences.delete")).isEqualTo(new Channel("presences", Action.DELETE));
        assertThat(Channel.parse("presences.a.upsert.b")).isEqualTo(new Channel("a.upsert.b", null));
    }

    @Test
    void parse_idEndingInPartOfAnAction_hasNoAction() {
        assertThat(Channel.parse("presences.upserts")).isEqualTo(new Channel("upserts", null));
        assertThat(Channel.parse("presences.Upsert")).isEqualTo(new Channel("Upsert", null));
        assertThat(Channel.parse("presences.a-delete")).isEqualTo(new Channel("a-delete", null));
    }

    @Test
    void action_onChannelOfOneAction_replacesIt() {
        assertThat(Channel.presences().upsert().delete()).isEqualTo(new Channel(null, Action.DELETE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "presence", "Presences", "documents", "presencesx", "presences:a", " presences"})
    void parse_otherChannel_isRefused(String text) {
        assertRefused(
                "channel must be presences or start with presences.: \"" + text + "\"", () -> Channel.parse(text));
    }

    @Test
    void parse_illegalId_isRefused() {
        assertRefused("presenceId must be 1 to 128 characters: 0", () -> Channel.parse("presences."));
        assertRefused("presenceId must be 1 to 128 characters: 0", () -> Channel.parse("presences..update"));
        assertRefused(CHARACTERS + "\"a b\"", () -> Channel.parse("presences.a b.update"));
        assertRefused("id must be 1 to 128 characters: 129", () -> Channel.presence("a".repeat(129)));
    }

    @Test
    void parse_asteriskAsId_isRefused() {
        String rule = " must not be *, which stands for all presences";
        assertRefused("presenceId" + rule, () -> Channel.parse("presences.*"));
        assertRefused("presenceId" + rule, () -> Channel.parse("presences.*.update"));
        assertRefused("id" + rule, () -> Channel.presence("*"));
        assertThat(Channel.parse("presences.**")).isEqualTo(new Channel("**", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create",
                "upsert",
                "update",
                "delete",
                "a.create",
                "a.upsert",
                "a.update",
                "a.delete",
                "a.b.delete"
            })
    void presence_reservedId_isRefused(String id) {
        String rule = " must not be, or end in a dot and, create, upsert, update or delete (see Ids.escape): ";
        String message = "presenceId" + rule + "\"" + id + "\"";
        assertRefused("id" + rule + "\"" + id + "\"", () -> Channel.presence(id));
        assertRefused(message, () -> PresenceUpsert.of(id, "online"));
        assertRefused(message, () -> PresenceUpsert.of(id, "ada", "online"));
    }

    @Test
    void parse_create_isRefused() {
        String rule =
                "presenceId must not be, or end in a dot and, create, upsert, update or delete (see Ids.escape): ";
        assertRefused(rule + "\"create\"", () -> Channel.parse("presences.create"));
        assertRefused(rule + "\"a.create\"", () -> Channel.parse("presences.a.create"));
        assertRefused(rule + "\"upsert\"", () -> Channel.parse("presences.upsert.upsert"));
        assertRefused(rule + "\"create\"", () -> Channel.parse("presences.create.delete"));
    }
}

package io.presence;

import static io.presence.RefusalAssertions.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.presence.fixture.Promise;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresenceIdTest {

    /* Short and made of what the form is made of, so that many are alike. */
    @Provide
    Arbitrary<String> ids() {
        Arbitrary<String> alike = Arbitraries.of("~", "%", "%7E", "%25", "7E", "25", "a", ".")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(parts -> String.join("", parts));
        return Arbitraries.oneOf(alike, GrammarArbitraries.keys(Ids.MAX_LENGTH));
    }

    @Provide
    Arbitrary<String> locals() {
        return ids().filter(id -> !id.matches(".*\\.(create|upsert|update|delete)"));
    }

    @Provide
    Arbitrary<String> scopedOrNot() {
        Arbitrary<String> made =
                Combinators.combine(ids(), ids()).as((user, local) -> user + PresenceId.SEPARATOR + local);
        return Arbitraries.oneOf(made, ids());
    }

    @Property(tries = 1_000)
    void of_anyUserAndLocal_isReversible(@ForAll("ids") String user, @ForAll("locals") String local) {
        String id = PresenceId.of(user, local);
        assertThat(PresenceId.userId(id)).isEqualTo(user);
        assertThat(PresenceId.local(id)).isEqualTo(local);
        assertThat(PresenceId.isOf(id, user)).isTrue();
        assertThat(id).hasSizeLessThanOrEqualTo(PresenceId.MAX_LENGTH);
    }

    @Property(tries = 1_000)
    void of_anyUserAndLocal_isAPresenceIdAndAChannel(@ForAll("ids") String user, @ForAll("locals") String local) {
        String id = PresenceId.of(user, local);
        assertThat(PresenceUpsert.of(id, "online").presenceId()).isEqualTo(id);
        assertThat(Channel.parse(Channel.presence(id).update().toString()))
                .isEqualTo(Channel.presence(id).update());
    }

    @Property(tries = 2_000)
    @Promise("user-ids")
    void of_twoPairs_neverMakesOneId(
            @ForAll("ids") String user,
            @ForAll("locals") String local,
            @ForAll("ids") String otherUser,
            @ForAll("locals") String otherLocal) {
        boolean isSame = user.equals(otherUser) && local.equals(otherLocal);
        assertThat(PresenceId.of(user, local).equals(PresenceId.of(otherUser, otherLocal)))
                .isEqualTo(isSame);
        assertThat(PresenceId.isOf(PresenceId.of(user, local), otherUser)).isEqualTo(user.equals(otherUser));
    }

    @Property(tries = 2_000)
    void userId_ofAnyText_isTheUserOfItsPair(@ForAll("scopedOrNot") String id, @ForAll("ids") String user) {
        String found = PresenceId.userId(id);
        if (found != null) {
            assertThat(PresenceId.isOf(id, found)).isTrue();
            assertThat(id).endsWith(String.valueOf(PresenceId.local(id)));
        }
        if (PresenceId.isOf(id, user) && id.length() <= Ids.MAX_LENGTH) {
            assertThat(found).isEqualTo(user);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ada, tab-1, ada~tab-1",
        "ada@example.org, tab.1, ada@example.org~tab.1",
        "a~b, c, a%7Eb~c",
        "a, b~c, a~b~c",
        "a%7Eb, c, a%257Eb~c",
        "100%, %, 100%25~%",
        "a.delete, delete, a.delete~delete",
        "a, *, a~*",
    })
    void of_reservedCharacters_areEscapedInTheUserAlone(String user, String local, String id) {
        assertThat(PresenceId.of(user, local)).isEqualTo(id);
    }

    @Test
    void of_idsOfGreatestLength_isAccepted() {
        String local = "l".repeat(128);
        assertThat(PresenceId.of("u".repeat(128), local)).hasSize(257);
        String longest = PresenceId.of("~".repeat(128), local);
        assertThat(longest).hasSize(PresenceId.MAX_LENGTH);
        assertThat(PresenceUpsert.of(longest, "online").presenceId()).isEqualTo(longest);
        assertThat(PresenceId.userId(longest)).isEqualTo("~".repeat(128));
    }

    @Test
    void presenceId_longerThanItsParts_isRefused() {
        String user = "u".repeat(129);
        assertRefused("presenceId must be 1 to 128 characters: 131", () -> PresenceUpsert.of(user + "~x", "online"));
        assertRefused(
                "presenceId must be 1 to 128 characters: 131",
                () -> PresenceUpsert.of("x~" + "l".repeat(129), "online"));
        assertRefused("id must be 1 to 128 characters: 257", () -> Channel.presence("x".repeat(257)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "~x", "ada~", "%7~x", "%~x", "a%7eb~x", "a%41~x", "a b~x", "a~b c", ""})
    void userId_ofIdWithoutPair_isNull(String id) {
        assertThat(PresenceId.userId(id)).isNull();
        assertThat(PresenceId.local(id)).isNull();
    }

    @Test
    void of_illegalId_isRefused() {
        assertRefused("userId must be 1 to 128 characters: 0", () -> PresenceId.of("", "x"));
        assertRefused("local must be 1 to 128 characters: 129", () -> PresenceId.of("ada", "x".repeat(129)));
        assertRefused(
                "local must be printable ASCII without space, \", / and \\ (see Ids.escape): \"a/b\"",
                () -> PresenceId.of("ada", "a/b"));
        assertRefused(
                "local must not be, or end in a dot and, create, upsert, update or delete (see Ids.escape): "
                        + "\"ada~x.delete\"",
                () -> PresenceId.of("ada", "x.delete"));
        assertThatNullPointerException()
                .isThrownBy(() -> PresenceId.of(null, "x"))
                .withMessage("userId must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> PresenceId.userId(null))
                .withMessage("id must not be null");
    }
}

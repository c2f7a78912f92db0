package io.presence;

import static io.presence.RefusalAssertions.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.fixture.Promise;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleTest {

    private static final String CHARACTERS = " must be printable ASCII without space, \", / and \\ (see Ids.escape): ";
    private static final String ROLE_RULE =
            "role must be any, guests, users, user:ID, team:ID, member:ID or label:NAME: ";

    @Provide
    Arbitrary<Role> roles() {
        return GrammarArbitraries.roles();
    }

    @Property(tries = 500)
    @Promise("text-forms")
    void parse_ofToString_isEqual(@ForAll("roles") Role role) {
        assertThat(Role.parse(role.toString())).isEqualTo(role);
    }

    @Test
    void toString_always_isAppwritesText() {
        assertThat(Role.any()).hasToString("any");
        assertThat(Role.guests()).hasToString("guests");
        assertThat(Role.users()).hasToString("users");
        assertThat(Role.users("verified")).hasToString("users/verified");
        assertThat(Role.user("ada")).hasToString("user:ada");
        assertThat(Role.user("ada", "unverified")).hasToString("user:ada/unverified");
        assertThat(Role.team("blue")).hasToString("team:blue");
        assertThat(Role.team("blue", "owner")).hasToString("team:blue/owner");
        assertThat(Role.member("m1")).hasToString("member:m1");
        assertThat(Role.label("vip")).hasToString("label:vip");
    }

    @Test
    void parse_legalText_hasItsParts() {
        assertThat(Role.parse("team:blue/project-1-owner"))
                .isEqualTo(new Role(Role.Kind.TEAM, "blue", "project-1-owner"));
        assertThat(Role.parse("user:a.b_c-d/verified")).isEqualTo(new Role(Role.Kind.USER, "a.b_c-d", "verified"));
        assertThat(Role.parse("users")).isEqualTo(new Role(Role.Kind.USERS, null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``",
                "Any",
                "ANY",
                "` any`",
                "`any `",
                "*",
                "role:all",
                "role:member",
                "keys",
                "user",
                "team",
                "member",
                "label",
                "user:",
                "team:",
                "member:",
                "label:",
                "any:",
                "any:x",
                "guests:x",
                "users:x",
                "any/x",
                "any/",
                "guests/x",
                "users/",
                "users/other",
                "users/Verified",
                "users/verified/unverified",
                "user:ada/",
                "user:ada/owner",
                "user:ada/verified/x",
                "user:a b",
                "user:ä",
                "team:blue/",
                "team:blue/a/b",
                "team:/owner",
                "member:m1/x",
                "member:m1/",
                "user:a\\\\b",
                "label:ä",
                "label:a b",
                "label:vip/x",
                "label:vip/",
                "user:ada\"",
                "/",
                ":",
                "/verified",
                ":ada"
            })
    void parse_illegalText_isRefused(String text) {
        assertThatThrownBy(() -> Role.parse(text))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .message()
                .matches("(?s)(role|role id|role dimension|(user|team|member) id|team role|label) must "
                        + "(have an id, as in [a-z]+:ID|.+: (0|[a-z]+|\".*\"))");
    }

    @Test
    void parse_illegalText_namesTheError() {
        assertRefused(ROLE_RULE + "\"\"", () -> Role.parse(""));
        assertRefused(ROLE_RULE + "\"*\"", () -> Role.parse("*"));
        assertRefused(ROLE_RULE + "\"role:all\"", () -> Role.parse("role:all"));
        assertRefused("role must have an id, as in user:ID", () -> Role.parse("user"));
        assertRefused("user id must be 1 to 128 characters: 0", () -> Role.parse("user:"));
        assertRefused("team id" + CHARACTERS + "\"a b\"", () -> Role.parse("team:a b"));
        assertRefused("role id must be absent for any: \"x\"", () -> Role.parse("any:x"));
        assertRefused("role id must be absent for users: \"x\"", () -> Role.parse("users:x"));
        assertRefused("role dimension must be absent for guests: \"x\"", () -> Role.parse("guests/x"));
        assertRefused("role dimension must be absent for member: \"\"", () -> Role.parse("member:m1/"));
        assertRefused("role dimension must be verified or unverified for users: \"\"", () -> Role.parse("users/"));
        assertRefused(
                "role dimension must be verified or unverified for user: \"owner\"", () -> Role.parse("user:a/owner"));
        assertRefused("team role" + CHARACTERS + "\"a/b\"", () -> Role.parse("team:blue/a/b"));
        assertRefused("label" + CHARACTERS + "\"a b\"", () -> Role.parse("label:a b"));
    }

    @Test
    void parse_longTextInError_isShortenedWithoutControls() {
        assertRefused(ROLE_RULE + "\"" + "x".repeat(40) + "...\"", () -> Role.parse("x".repeat(10_000)));
        assertRefused(ROLE_RULE + "\"a?b?\"", () -> Role.parse("a\nb\u001b"));
    }

    @Test
    void lengths_beyondTheirLimit_areRefused() {
        assertThat(Role.user("a".repeat(128)).id()).hasSize(128);
        assertRefused("user id must be 1 to 128 characters: 129", () -> Role.user("a".repeat(129)));
        assertThat(Role.team("blue", "a".repeat(81)).dimension()).hasSize(81);
        assertRefused("team role must be 1 to 81 characters: 82", () -> Role.team("blue", "a".repeat(82)));
        assertThat(Role.label("a".repeat(128)).id()).hasSize(128);
        assertRefused("label must be 1 to 128 characters: 129", () -> Role.label("a".repeat(129)));
    }

    @Test
    void factories_illegalId_isRefused() {
        assertRefused("status must be verified or unverified: \"yes\"", () -> Role.users("yes"));
        assertRefused("member id" + CHARACTERS + "\"/a\"", () -> Role.member("/a"));
        assertRefused("role must have an id, as in team:ID", () -> new Role(Role.Kind.TEAM, null, "owner"));
    }
}

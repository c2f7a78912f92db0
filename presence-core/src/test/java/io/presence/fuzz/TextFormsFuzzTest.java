package io.presence.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Ids;
import io.presence.Permission;
import io.presence.PresenceId;
import io.presence.PresenceUpsert;
import io.presence.Role;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The texts of roles, permissions, channels and ids. A text is refused with an error that names the parameter, or it is
 * the text form of what was read.
 *
 * <p>Fails within 2,000 texts if ids can have any length, if the excerpt in errors has no limit, if a permission need
 * not end in a parenthesis, and if a presence id can be the name of an action.
 */
class TextFormsFuzzTest {

    private static final long ITERATIONS = 2000;
    /* A team and a role within it. */
    private static final int MAX_ROLE = 5 + Ids.MAX_LENGTH + 1 + 81;
    private static final String LONG = "x".repeat(128);
    private static final List<String> ROLES = List.of(
            "any",
            "guests",
            "users",
            "users/verified",
            "user:ada",
            "user:" + LONG,
            "user:a.b@c|d/unverified",
            "team:blue",
            "team:blue/owner",
            "team:b/" + "x".repeat(81),
            "member:m1",
            "label:vip");
    private static final List<String> CHANNELS = List.of(
            "presences",
            "presences.update",
            "presences.tab-1",
            "presences.tab-1.upsert",
            "presences.a.b.delete",
            "presences.ada~tab.1",
            "presences." + LONG,
            "presences." + LONG + "~" + LONG);
    private static final List<String> IDS = List.of(
            "a",
            "tab-1",
            "a.b",
            "undelete",
            "ada~tab-1",
            "a%7Eb~c",
            "a%25b~c.d",
            LONG,
            LONG + "~" + LONG,
            "%C3%A9",
            "~~");
    private static final List<String> WORDS = List.of(
            ":",
            "/",
            ".",
            "~",
            "%",
            "%7E",
            "%25",
            "%2",
            "*",
            "\"",
            "(\"",
            "\")",
            "\\",
            " ",
            "any",
            "users",
            "user",
            "team",
            "verified",
            "presences",
            "create",
            "upsert",
            "update",
            ".delete",
            "\u00e9",
            "\ud83d\ude00",
            "\ud800",
            LONG,
            "");

    private static LongFunction<String> texts(List<String> valid) {
        return seed -> Mutator.ofTexts(seed, valid, WORDS).next();
    }

    /** Returns null if the text is refused as it must be. */
    private static <T> T read(Function<String, T> parse, String text) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            assertThat(e).isExactlyInstanceOf(IllegalArgumentException.class);
            assertThat(e.getMessage()).hasSizeLessThan(250).matches("[a-zA-Z]+( [a-z]+)? must [^\\p{Cntrl}]+");
            return null;
        }
    }

    private static boolean isTextForm(Function<String, ?> parse, int maxLength, String text) {
        Object value = read(parse, text);
        if (value != null) {
            assertThat(text).hasSizeLessThanOrEqualTo(maxLength);
            assertThat(value).hasToString(text).isEqualTo(parse.apply(text)).hasSameHashCodeAs(parse.apply(text));
        }
        return value != null;
    }

    @Test
    void parse_anyText_isARoleOrRefused() {
        Fuzz.run("roles", ITERATIONS, texts(ROLES), text -> isTextForm(Role::parse, MAX_ROLE, text))
                .assertBoth();
    }

    @Test
    void parse_anyText_isAPermissionOrRefused() {
        List<String> permissions = Stream.of("read", "update", "delete", "write")
                .flatMap(type -> ROLES.stream().map(role -> type + "(\"" + role + "\")"))
                .toList();
        Fuzz.run(
                        "permissions",
                        ITERATIONS,
                        texts(permissions),
                        text -> isTextForm(Permission::parse, MAX_ROLE + 10, text))
                .assertBoth();
    }

    @Test
    void parse_anyText_isAChannelOrRefused() {
        Fuzz.run(
                        "channels",
                        ITERATIONS,
                        texts(CHANNELS),
                        text -> isTextForm(Channel::parse, PresenceId.MAX_LENGTH + 17, text))
                .assertBoth();
    }

    @Test
    void id_anyText_isUsedByAllOrRefusedByAll() {
        Fuzz.run("ids", ITERATIONS, texts(IDS), TextFormsFuzzTest::isPresenceId).assertBoth();
    }

    private static boolean isPresenceId(String text) {
        PresenceUpsert upsert = read(id -> PresenceUpsert.of(id, "ada", "online"), text);
        Channel channel = read(Channel::presence, text);
        assertThat(channel != null).isEqualTo(upsert != null);
        if (channel != null) {
            assertThat(text.length() <= Ids.MAX_LENGTH || PresenceId.userId(text) != null)
                    .isTrue();
            assertThat(Channel.parse("presences." + text)).isEqualTo(channel);
            assertThat(Channel.parse("presences." + text + ".update")).isEqualTo(channel.update());
        }
        checkScope(text, channel != null);
        checkEscape(text);
        return channel != null;
    }

    private static void checkScope(String text, boolean isId) {
        String user = PresenceId.userId(text);
        String local = PresenceId.local(text);
        assertThat(local != null).isEqualTo(user != null);
        if (user != null && isId) {
            assertThat(PresenceId.of(user, local)).isEqualTo(text);
            assertThat(PresenceId.isOf(text, user)).isTrue();
            assertThat(PresenceId.isOf(text, user + "x")).isFalse();
        }
    }

    private static void checkEscape(String text) {
        String id = read(Ids::escape, text);
        if (id != null) {
            assertThat(Ids.unescape(id)).isEqualTo(text);
            assertThat(Channel.presence(id).presenceId()).isEqualTo(id);
            assertThat(Role.parse("user:" + id).id()).isEqualTo(id);
        }
        String unescaped = read(Ids::unescape, text);
        assertThat(unescaped == null || unescaped.length() <= text.length()).isTrue();
    }
}

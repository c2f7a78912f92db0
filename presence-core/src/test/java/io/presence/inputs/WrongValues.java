package io.presence.inputs;

import static io.presence.inputs.WrongInput.absent;
import static io.presence.inputs.WrongInput.argument;
import static io.presence.inputs.WrongInput.state;

import io.presence.Channel;
import io.presence.Ids;
import io.presence.Permission;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Role;
import io.presence.Scope;
import java.time.Duration;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Ids, roles, permissions, channels, principals and writes. */
final class WrongValues {

    private static final String CHARACTERS = " must be printable ASCII without space, \", / and \\ (see Ids.escape): ";
    private static final String RESERVED =
            " must not be, or end in a dot and, create, upsert, update or delete (see Ids.escape): ";
    private static final PresenceUpsert UPSERT = PresenceUpsert.of("p", "online");
    private static final PresenceUpsert LADDERED = UPSERT.idle(Duration.ofMinutes(5), "away");
    private static final PresencePatch PATCH = PresencePatch.none();

    private WrongValues() {}

    static Stream<WrongInput> rows() {
        return Stream.of(ids(), roles(), channels(), principals(), writes(), metadata())
                .flatMap(List::stream);
    }

    private static List<WrongInput> ids() {
        return List.of(
                absent("presence id null", "presenceId must not be null", () -> PresenceUpsert.of(null, "s")),
                absent("user id null", "userId must not be null", () -> PresenceUpsert.of("p", null, "s")),
                argument(
                        "presence id empty",
                        "presenceId must be 1 to 128 characters: 0",
                        () -> PresenceUpsert.of("", "s")),
                argument(
                        "presence id too long",
                        "presenceId must be 1 to 128 characters: 200",
                        () -> PresenceUpsert.of("x".repeat(200), "s")),
                argument(
                        "presence id with a slash",
                        "presenceId" + CHARACTERS + "\"a/b\"",
                        () -> PresenceUpsert.of("a/b", "s")),
                argument(
                        "presence id reserved",
                        "presenceId" + RESERVED + "\"tab.delete\"",
                        () -> PresenceUpsert.of("tab.delete", "s")),
                argument(
                        "presence id *",
                        "presenceId must not be *, which stands for all presences",
                        () -> PresenceUpsert.of("*", "s")),
                argument(
                        "user id with a space",
                        "userId" + CHARACTERS + "\"Ada Lovelace\"",
                        () -> PresenceUpsert.of("p", "Ada Lovelace", "s")),
                argument(
                        "text too long to escape",
                        "text must be 1 to 128 characters when escaped: 300",
                        () -> Ids.escape(" ".repeat(100))),
                argument(
                        "escape cut short",
                        "id must have two hexadecimal digits after each %: \"a%2\"",
                        () -> Ids.unescape("a%2")));
    }

    private static List<WrongInput> roles() {
        String rule = "role must be any, guests, users, user:ID, team:ID, member:ID or label:NAME: ";
        return List.of(
                absent("role text null", "text must not be null", () -> Role.parse(null)),
                absent("role id null", "id must not be null", () -> Role.user(null)),
                absent("role status null", "status must not be null", () -> Role.user("ada", null)),
                absent("role kind null", "kind must not be null", () -> new Role(null, null, null)),
                argument("role of another grammar", rule + "\"role:all\"", () -> Role.parse("role:all")),
                argument("role without id", "role must have an id, as in team:ID", () -> Role.parse("team")),
                argument(
                        "role with an id too many",
                        "role id must be absent for users: \"ada\"",
                        () -> Role.parse("users:ada")),
                argument("role id with a space", "member id" + CHARACTERS + "\"m 1\"", () -> Role.member("m 1")),
                argument(
                        "role status unknown",
                        "status must be verified or unverified: \"maybe\"",
                        () -> Role.users("maybe")),
                argument("team role empty", "team role must be 1 to 81 characters: 0", () -> Role.parse("team:blue/")),
                argument("label too long", "label must be 1 to 128 characters: 129", () -> Role.label("x".repeat(129))),
                absent("permission text null", "text must not be null", () -> Permission.parse(null)),
                absent("permission role null", "role must not be null", () -> Permission.read(null)),
                argument(
                        "permission without quotes",
                        "permission must be read, update, delete or write of (\"ROLE\"): \"read(any)\"",
                        () -> Permission.parse("read(any)")),
                argument("owner with a slash", "userId" + CHARACTERS + "\"a/b\"", () -> Permission.ownerOnly("a/b")));
    }

    private static List<WrongInput> channels() {
        return List.of(
                absent("channel text null", "text must not be null", () -> Channel.parse(null)),
                absent("channel id null", "id must not be null", () -> Channel.presence(null)),
                argument(
                        "channel of something else",
                        "channel must be presences or start with presences.: \"documents\"",
                        () -> Channel.parse("documents")),
                argument(
                        "channel without an id",
                        "presenceId must be 1 to 128 characters: 0",
                        () -> Channel.parse("presences.")),
                argument(
                        "channel of an action that is none",
                        "presenceId" + RESERVED + "\"create\"",
                        () -> Channel.parse("presences.create")));
    }

    private static List<WrongInput> principals() {
        return List.of(
                absent("principal's id null", "userId must not be null", () -> Principal.user(null)),
                argument(
                        "principal's id with a backslash",
                        "userId" + CHARACTERS + "\"CONTOSO\\ada\"",
                        () -> Principal.user("CONTOSO\\ada")),
                argument(
                        "principal's team with a slash",
                        "teamId" + CHARACTERS + "\"a/b\"",
                        () -> Principal.user("a").team("a/b")),
                absent(
                        "principal's team role null",
                        "teamRoles must not be null",
                        () -> Principal.user("a").team("t", "r", null)),
                argument(
                        "principal's membership empty",
                        "membershipId must be 1 to 128 characters: 0",
                        () -> Principal.user("a").member("")),
                absent(
                        "principal's scope null",
                        "scopes[0] must not be null",
                        () -> Principal.user("a").scopes((Scope) null)),
                state(
                        "guest in a team",
                        "team must not be given to a guest",
                        () -> Principal.guest().team("t")),
                argument(
                        "guest that may write",
                        "scopes of a guest must not include presences.write",
                        () -> Principal.guest().scopes(Scope.PRESENCES_WRITE)));
    }

    private static PresenceUpsert rungs(int count) {
        PresenceUpsert upsert = UPSERT;
        for (int i = 1; i <= count; i++) {
            upsert = upsert.idle(Duration.ofMinutes(i), "idle " + i);
        }
        return upsert;
    }

    private static List<WrongInput> writes() {
        List<Permission> many = IntStream.range(0, 101)
                .mapToObj(i -> Permission.read(Role.user("u" + i)))
                .toList();
        return List.of(
                absent("status null", "status must not be null", () -> PresenceUpsert.of("p", null)),
                argument("status empty", "status must be 1 to 255 characters: 0", () -> PresenceUpsert.of("p", "")),
                argument(
                        "status of a patch too long",
                        "status must be 1 to 255 characters: 300",
                        () -> PATCH.status("x".repeat(300))),
                absent("source null", "source must not be null", () -> UPSERT.source(null)),
                argument("lifetime zero", "expiresIn must be positive: PT0S", () -> UPSERT.expiresIn(Duration.ZERO)),
                absent("lifetime null", "expiresIn must not be null", () -> PATCH.expiresIn(null)),
                argument(
                        "rung too short",
                        "after must be from PT1S to PT720H: PT0.5S",
                        () -> UPSERT.idle(Duration.ofMillis(500), "away")),
                argument(
                        "rung too long",
                        "after must be from PT1S to PT720H: PT721H",
                        () -> UPSERT.idle(Duration.ofHours(721), "away")),
                argument(
                        "rung before the last",
                        "after must be longer than that of the last rung: PT5M",
                        () -> LADDERED.idle(Duration.ofMinutes(5), "gone")),
                argument(
                        "rung with the status of another",
                        "status must be another one than those of the other rungs: \"away\"",
                        () -> LADDERED.idle(Duration.ofMinutes(6), "away")),
                argument("rungs too many", "idle must be called at most 8 times: p", () -> rungs(9)),
                absent("time of a rung null", "after must not be null", () -> UPSERT.idle(null, "away")),
                absent(
                        "status of a rung null",
                        "status must not be null",
                        () -> LADDERED.idle(Duration.ofDays(1), null)),
                absent("end of life null", "expiresAt must not be null", () -> UPSERT.expiresAt(null)),
                absent(
                        "permissions null",
                        "permissions must not be null",
                        () -> UPSERT.permissions((List<Permission>) null)),
                absent(
                        "one permission null",
                        "permissions[0] must not be null",
                        () -> PATCH.permissions((Permission) null)),
                argument("permissions too many", "permissions must be at most 100", () -> UPSERT.permissions(many)));
    }

    private static List<WrongInput> metadata() {
        String types = " must be a string, number, boolean, null, list or map: java.util.Date";
        return List.of(
                absent("metadata null", "metadata must not be null", () -> UPSERT.metadata(null)),
                argument(
                        "metadata with a date",
                        "metadata.at[1]" + types,
                        () -> UPSERT.metadata(Map.of("at", List.of(1, new Date())))),
                argument(
                        "metadata with NaN",
                        "metadata.x must be a finite number: NaN",
                        () -> PATCH.metadata(Map.of("x", Double.NaN))),
                argument(
                        "metadata too large",
                        "metadata must be at most 65536 bytes as JSON",
                        () -> UPSERT.metadata(Map.of("x", "y".repeat(70_000)))),
                argument(
                        "metadata with a key that is null",
                        "metadata must have string keys: null",
                        () -> UPSERT.metadata(Collections.singletonMap(null, 1))));
    }
}

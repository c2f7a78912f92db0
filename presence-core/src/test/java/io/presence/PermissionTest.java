package io.presence;

import static io.presence.RefusalAssertions.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.presence.fixture.Promise;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionTest {

    private static final String RULE = "permission must be read, update, delete or write of (\"ROLE\"): ";

    @Provide
    Arbitrary<Permission> permissions() {
        return GrammarArbitraries.permissions();
    }

    @Property(tries = 500)
    @Promise("text-forms")
    void parse_ofToString_isEqual(@ForAll("permissions") Permission permission) {
        assertThat(Permission.parse(permission.toString())).isEqualTo(permission);
    }

    @Test
    void toString_always_isAppwritesText() {
        assertThat(Permission.read(Role.users())).hasToString("read(\"users\")");
        assertThat(Permission.update(Role.user("ada", "verified"))).hasToString("update(\"user:ada/verified\")");
        assertThat(Permission.delete(Role.team("blue", "owner"))).hasToString("delete(\"team:blue/owner\")");
        assertThat(Permission.write(Role.any())).hasToString("write(\"any\")");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "read",
                "read()",
                "read(any)",
                "read('any')",
                "read(\"any\"",
                "read(\"any)",
                "read(\")",
                "(\"any\")",
                "Read(\"any\")",
                " read(\"any\")",
                "read(\"any\") ",
                "read (\"any\")",
                "create(\"any\")",
                "execute(\"any\")",
                "read(\"any\");",
                "readread(\"any\")"
            })
    void parse_illegalText_isRefused(String text) {
        assertRefused(RULE + "\"" + text + "\"", () -> Permission.parse(text));
    }

    @Test
    void parse_illegalRole_isRefused() {
        assertRefused(
                "role must be any, guests, users, user:ID, team:ID, member:ID or label:NAME: \"\"",
                () -> Permission.parse("read(\"\")"));
        assertRefused(
                "role must be any, guests, users, user:ID, team:ID, member:ID or label:NAME: \"any\"(\"any\"",
                () -> Permission.parse("read(\"any\"(\"any\")"));
        assertRefused(
                "user id must be printable ASCII without space, \", / and \\ (see Ids.escape): \"a\"\"",
                () -> Permission.parse("read(\"user:a\"\")"));
    }

    @Test
    void parse_longTextInError_isShortenedTo40Characters() {
        assertRefused(RULE + "\"" + "r".repeat(40) + "...\"", () -> Permission.parse("r".repeat(10_000)));
    }

    @Test
    void constructor_null_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> Permission.read(null)).withMessage("role must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> new Permission(null, Role.any()))
                .withMessage("type must not be null");
    }

    @Test
    void ownerOnly_always_isReadUpdateDelete() {
        assertThat(Permission.ownerOnly("ada"))
                .extracting(Permission::toString)
                .containsExactly("read(\"user:ada\")", "update(\"user:ada\")", "delete(\"user:ada\")");
    }

    @Test
    void list_write_isExpanded() {
        assertThat(normalized(Permission.write(Role.users())))
                .containsExactly(Permission.update(Role.users()), Permission.delete(Role.users()));
    }

    @Test
    void list_duplicates_areRemovedInTheGivenOrder() {
        assertThat(normalized(
                        Permission.delete(Role.users()),
                        Permission.read(Role.any()),
                        Permission.write(Role.users()),
                        Permission.read(Role.any()),
                        Permission.read(Role.users())))
                .containsExactly(
                        Permission.delete(Role.users()),
                        Permission.read(Role.any()),
                        Permission.update(Role.users()),
                        Permission.read(Role.users()));
    }

    @Test
    void list_moreThanHundredDistinct_isRefused() {
        List<Permission> hundred = IntStream.range(0, 100)
                .mapToObj(i -> Permission.read(Role.user("u" + i)))
                .toList();
        List<Permission> doubled = new ArrayList<>(hundred);
        doubled.addAll(hundred);
        assertThat(PresencePatch.none().permissions(doubled).permissions()).isEqualTo(hundred);

        List<Permission> more = new ArrayList<>(hundred);
        more.add(Permission.read(Role.any()));
        assertRefused(
                "permissions must be at most 100", () -> PresencePatch.none().permissions(more));
        assertRefused(
                "permissions must be at most 100",
                () -> PresenceUpsert.of("p", "online").permissions(more));
    }

    @Test
    void list_write_countsAsTwo() {
        List<Permission> fifty = IntStream.range(0, 50)
                .mapToObj(i -> Permission.write(Role.user("u" + i)))
                .toList();
        assertThat(PresencePatch.none().permissions(fifty).permissions()).hasSize(100);

        List<Permission> more = new ArrayList<>(fifty);
        more.add(Permission.write(Role.any()));
        assertRefused(
                "permissions must be at most 100", () -> PresencePatch.none().permissions(more));
    }

    @Test
    void list_always_isAnImmutableCopy() {
        List<Permission> given = new ArrayList<>(List.of(Permission.read(Role.any())));
        PresenceUpsert upsert = PresenceUpsert.of("p", "online").permissions(given);
        given.add(Permission.read(Role.users()));
        assertThat(upsert.permissions()).containsExactly(Permission.read(Role.any()));
        assertThat(upsert.permissions()).isUnmodifiable();
    }

    @Test
    void list_null_isRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> PresencePatch.none().permissions(Collections.singletonList(null)))
                .withMessage("permissions[0] must not be null");
    }

    private static List<Permission> normalized(Permission first, Permission... more) {
        List<Permission> fromUpsert =
                PresenceUpsert.of("p", "online").permissions(first, more).permissions();
        assertThat(PresencePatch.none().permissions(first, more).permissions()).isEqualTo(fromUpsert);
        return fromUpsert;
    }
}

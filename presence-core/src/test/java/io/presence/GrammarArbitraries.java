package io.presence;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Everything that the grammars of ids, roles and permissions allow. */
public final class GrammarArbitraries {

    private GrammarArbitraries() {}

    public static Arbitrary<String> keys(int maxLength) {
        Arbitrary<String> any = Arbitraries.strings()
                .withCharRange('!', '~')
                .excludeChars('"', '/', '\\')
                .ofMinLength(1)
                .ofMaxLength(maxLength);
        /* Words and separators of the grammars, far more often than by chance. */
        Arbitrary<String> crowded = Arbitraries.of(
                        "user", "team", ":", ".", "*", "%", "(", ")", "'", "verified", "upsert")
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
        return Arbitraries.oneOf(any, crowded);
    }

    public static Arbitrary<String> presenceIds() {
        return Arbitraries.oneOf(
                        keys(Ids.MAX_LENGTH),
                        keys(20).map(key -> key + ".upsert.x"),
                        keys(20).map(key -> key + "upsert"),
                        Arbitraries.of(
                                "upserts", "created", "a.b", "delete-1", "update_x", "a.Upsert", ".", "..", "**"))
                .filter(id -> !id.matches("\\*|(.*\\.)?(create|upsert|update|delete)"));
    }

    public static Arbitrary<Role> roles() {
        Arbitrary<String> status = Arbitraries.of("verified", "unverified");
        Arbitrary<String> ids = keys(Ids.MAX_LENGTH);
        return Arbitraries.oneOf(
                Arbitraries.of(Role.any(), Role.guests(), Role.users()),
                status.map(Role::users),
                ids.map(Role::user),
                Combinators.combine(ids, status).as(Role::user),
                ids.map(Role::team),
                Combinators.combine(ids, keys(81)).as(Role::team),
                ids.map(Role::member),
                ids.map(Role::label));
    }

    public static Arbitrary<Permission> permissions() {
        return Combinators.combine(Arbitraries.of(Permission.Type.values()), roles())
                .as(Permission::new);
    }
}

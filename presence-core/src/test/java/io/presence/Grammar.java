package io.presence;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Everything that the grammars of ids, roles and permissions allow. */
final class Grammar {

    private Grammar() {}

    static Arbitrary<String> keys(int maxLength) {
        Arbitrary<String> first = Arbitraries.strings().alpha().numeric().ofLength(1);
        Arbitrary<String> rest =
                Arbitraries.strings().alpha().numeric().withChars("._-").ofMaxLength(maxLength - 1);
        return Combinators.combine(first, rest).as(String::concat);
    }

    static Arbitrary<String> presenceIds() {
        return Arbitraries.oneOf(
                        keys(64),
                        keys(20).map(key -> key + ".upsert.x"),
                        keys(20).map(key -> key + "upsert"),
                        Arbitraries.of("upserts", "created", "a.b", "delete-1", "update_x", "a.Upsert"))
                .filter(id -> !id.matches("(.*\\.)?(create|upsert|update|delete)"));
    }

    static Arbitrary<Role> roles() {
        Arbitrary<String> status = Arbitraries.of("verified", "unverified");
        Arbitrary<String> ids = keys(64);
        Arbitrary<String> labels =
                Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(36);
        return Arbitraries.oneOf(
                Arbitraries.of(Role.any(), Role.guests(), Role.users()),
                status.map(Role::users),
                ids.map(Role::user),
                Combinators.combine(ids, status).as(Role::user),
                ids.map(Role::team),
                Combinators.combine(ids, keys(81)).as(Role::team),
                ids.map(Role::member),
                labels.map(Role::label));
    }

    static Arbitrary<Permission> permissions() {
        return Combinators.combine(Arbitraries.of(Permission.Type.values()), roles())
                .as(Permission::new);
    }
}

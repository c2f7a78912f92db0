package io.presence.rights;

import io.presence.Permission;
import io.presence.PresenceUpsert;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A presence as the test wrote it.
 *
 * @param grant the texts of its permissions
 */
record Written(String id, String owner, String status, String room, List<String> grant) {

    private static final List<String> TYPES = List.of("read", "update", "delete", "write");
    /* Each form of the grammar: once held by a person of the small world, and with ids that nobody has. */
    private static final List<String> ROLES = List.of(
            "any",
            "guests",
            "users",
            "users/verified",
            "users/unverified",
            "user:bob",
            "user:bob/verified",
            "user:bob/unverified",
            "user:ada",
            "user:ada/verified",
            "user:bobby",
            "user:staff",
            "team:blue",
            "team:blue/owner",
            "team:blue/dev",
            "team:red",
            "team:staff",
            "member:m1",
            "member:m2",
            "member:bob",
            "label:staff",
            "label:Staff",
            "label:blue");

    static List<String> roles() {
        return ROLES;
    }

    /** All grants of no or one permission: each type with each role. */
    static List<List<String>> grants() {
        List<List<String>> grants = new ArrayList<>();
        grants.add(List.of());
        for (String type : TYPES) {
            ROLES.forEach(role -> grants.add(List.of(type + "(\"" + role + "\")")));
        }
        return List.copyOf(grants);
    }

    /**
     * The grants for products that are too large: {@code read} with each role, and each other type with a role that all
     * have and with one that a user has, since these three let nobody read. With {@code -Dpresence.rights.full=true}
     * these are all {@link #grants}.
     */
    static List<List<String>> sample() {
        if (isFull()) {
            return grants();
        }
        return grants().stream()
                .filter(grant -> grant.isEmpty()
                        || grant.get(0).startsWith("read")
                        || grant.get(0).endsWith("(\"any\")")
                        || grant.get(0).endsWith("(\"user:bob\")"))
                .toList();
    }

    static boolean isFull() {
        return Boolean.getBoolean("presence.rights.full");
    }

    /** All grants of two different permissions of the {@link #sample}, in both orders. */
    static List<List<String>> pairs() {
        List<List<String>> pairs = new ArrayList<>();
        for (List<String> one : sample()) {
            for (List<String> other : sample()) {
                if (!one.isEmpty() && !other.isEmpty() && !one.equals(other)) {
                    pairs.add(List.of(one.get(0), other.get(0)));
                }
            }
        }
        return List.copyOf(pairs);
    }

    Written grant(List<String> next, String nextStatus) {
        return new Written(id, owner, nextStatus, room, next);
    }

    PresenceUpsert upsert() {
        return PresenceUpsert.of(id, owner, status)
                .metadata(Map.of("room", room))
                .permissions(grant.stream().map(Permission::parse).toList());
    }
}

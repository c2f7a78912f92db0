package io.presence.rights;

import io.presence.Principal;
import io.presence.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A caller of the small world, and the naive definition of its access: the grammar of roles, read from their text.
 *
 * @param user the user, or null for a guest
 * @param teams the teams and the roles within them, as {@code blue} and {@code blue/owner}
 */
record Person(
        @Nullable String user,
        boolean isVerified,
        Set<String> teams,
        Set<String> members,
        Set<String> labels,
        Set<Scope> scopes) {

    private static final Set<Scope> BOTH = Set.of(Scope.values());

    /** Returns whether this person holds a role, given by its text. */
    boolean holds(String role) {
        String[] parts = role.replace('/', ':').split(":");
        return switch (parts[0]) {
            case "any" -> true;
            case "guests" -> user == null;
            case "users" -> user != null && (parts.length == 1 || isVerified == parts[1].equals("verified"));
            case "user" -> parts[1].equals(user) && (parts.length == 2 || isVerified == parts[2].equals("verified"));
            case "team" -> teams.contains(role.substring("team:".length()));
            case "member" -> members.contains(parts[1]);
            case "label" -> labels.contains(parts[1]);
            default -> throw new AssertionError("unknown role: " + role);
        };
    }

    /** Returns whether the permissions of a presence, or its ownership, let this person read, update or delete it. */
    boolean may(String action, Written presence) {
        return presence.owner().equals(user)
                || presence.grant().stream().anyMatch(permission -> permits(permission, action));
    }

    private boolean permits(String permission, String action) {
        String type = permission.substring(0, permission.indexOf('('));
        String role = permission.substring(permission.indexOf('"') + 1, permission.lastIndexOf('"'));
        return holds(role) && (type.equals(action) || (type.equals("write") && !action.equals("read")));
    }

    boolean canRead(@Nullable Written presence) {
        return presence != null && may("read", presence);
    }

    /** Returns whether this person may update or delete a presence. One that it cannot read is absent for it. */
    boolean mayChange(String action, Written presence) {
        return canRead(presence) && may(action, presence);
    }

    boolean hasScope(Scope scope) {
        return scopes.contains(scope);
    }

    Person with(Scope... held) {
        return new Person(user, isVerified, teams, members, labels, Set.of(held));
    }

    Principal principal() {
        if (user == null) {
            return Principal.guest().scopes(scopes.toArray(Scope[]::new)).build();
        }
        Principal.Builder builder = Principal.user(user).verified(isVerified).scopes(scopes.toArray(Scope[]::new));
        for (String team : teams) {
            String[] parts = team.split("/");
            builder.team(parts[0], parts.length == 1 ? new String[0] : new String[] {parts[1]});
        }
        members.forEach(builder::member);
        labels.forEach(builder::label);
        return builder.build();
    }

    /** A guest, and the product of two users, verified or not, in a team or not, as its owner or not, and so on. */
    static List<Person> all() {
        List<Person> all = new ArrayList<>();
        all.add(new Person(null, false, Set.of(), Set.of(), Set.of(), Set.of(Scope.PRESENCES_READ)));
        for (String user : List.of("ada", "bob")) {
            for (boolean isVerified : new boolean[] {false, true}) {
                for (Set<String> teams : List.of(Set.<String>of(), Set.of("blue"), Set.of("blue", "blue/owner"))) {
                    for (Set<String> members : List.of(Set.<String>of(), Set.of("m1"))) {
                        for (Set<String> labels : List.of(Set.<String>of(), Set.of("staff"))) {
                            all.add(new Person(user, isVerified, teams, members, labels, BOTH));
                        }
                    }
                }
            }
        }
        return List.copyOf(all);
    }

    /** All persons, each with every set of scopes that it can have. */
    static List<Person> withAllScopes() {
        List<Person> all = new ArrayList<>();
        for (Person person : all()) {
            all.add(person.with());
            all.add(person.with(Scope.PRESENCES_READ));
            if (person.user() != null) {
                all.add(person.with(Scope.PRESENCES_WRITE));
                all.add(person);
            }
        }
        return List.copyOf(all);
    }
}

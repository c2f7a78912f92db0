package io.presence;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The grantee of a {@link Permission}, in Appwrite's grammar: {@code any}, {@code guests}, {@code users},
 * {@code users/verified}, {@code user:ID}, {@code user:ID/unverified}, {@code team:ID}, {@code team:ID/owner},
 * {@code member:ID}, {@code label:NAME}.
 *
 * <p>{@link #parse} and {@link #toString} are inverse, and no two roles have the same text. Ids and labels follow the
 * rule of {@link Ids}. A role within a team has 1 to 81 of the characters that ids can have.
 *
 * <p><b>Threads.</b> Immutable.
 *
 * @param kind the kind of role
 * @param id the id of the user, team, membership or label; null for {@code any}, {@code guests} and {@code users}
 * @param dimension {@code verified} or {@code unverified} for users or one user, the role within a team, or null
 */
public record Role(Kind kind, @Nullable String id, @Nullable String dimension) {

    private static final Role ANY = new Role(Kind.ANY, null, null);
    private static final Role GUESTS = new Role(Kind.GUESTS, null, null);
    private static final Role USERS = new Role(Kind.USERS, null, null);
    private static final Set<String> VERIFICATIONS = Set.of("verified", "unverified");
    private static final int MAX_TEAM_ROLE = 81;

    /** The kinds of role. */
    public enum Kind {
        /** All users and guests. */
        ANY,
        /** All guests, who are not signed in. */
        GUESTS,
        /** All signed-in users. */
        USERS,
        /** One user. */
        USER,
        /** The members of a team. */
        TEAM,
        /** One membership of a team. */
        MEMBER,
        /** The users that have a label. */
        LABEL;

        private final String word = name().toLowerCase(Locale.ROOT);
    }

    /**
     * Checks the parts against the grammar.
     *
     * @throws IllegalArgumentException if {@code kind} does not take such an id or dimension
     */
    public Role {
        switch (Checks.notNull("kind", kind)) {
            case ANY, GUESTS -> {
                requireAbsent("id", kind, id);
                requireAbsent("dimension", kind, dimension);
            }
            case USERS -> {
                requireAbsent("id", kind, id);
                requireVerification(kind, dimension);
            }
            case USER -> {
                requireId(kind, id);
                requireVerification(kind, dimension);
            }
            case TEAM -> {
                requireId(kind, id);
                if (dimension != null) {
                    teamRole("team role", dimension);
                }
            }
            case MEMBER, LABEL -> {
                requireId(kind, id);
                requireAbsent("dimension", kind, dimension);
            }
        }
    }

    /**
     * Returns the role of all users and guests.
     *
     * @return {@code any}
     */
    public static Role any() {
        return ANY;
    }

    /**
     * Returns the role of all guests.
     *
     * @return {@code guests}
     */
    public static Role guests() {
        return GUESTS;
    }

    /**
     * Returns the role of every signed-in user.
     *
     * @return {@code users}
     */
    public static Role users() {
        return USERS;
    }

    /**
     * Returns the role of the signed-in users that are, or are not, verified.
     *
     * @param status {@code verified} or {@code unverified}
     * @return {@code users/STATUS}
     * @throws IllegalArgumentException if {@code status} is neither
     */
    public static Role users(String status) {
        return new Role(Kind.USERS, null, verification(status));
    }

    /**
     * Returns the role of one user.
     *
     * @param id the user's id
     * @return {@code user:ID}
     * @throws IllegalArgumentException if {@code id} is not an id
     */
    public static Role user(String id) {
        return new Role(Kind.USER, Checks.notNull("id", id), null);
    }

    /**
     * Returns the role of one user as long as it is, or is not, verified.
     *
     * @param id the user's id
     * @param status {@code verified} or {@code unverified}
     * @return {@code user:ID/STATUS}
     * @throws IllegalArgumentException if {@code id} is not an id or {@code status} is neither
     */
    public static Role user(String id, String status) {
        return new Role(Kind.USER, Checks.notNull("id", id), verification(status));
    }

    /**
     * Returns the role of the members of a team.
     *
     * @param id the team's id
     * @return {@code team:ID}
     * @throws IllegalArgumentException if {@code id} is not an id
     */
    public static Role team(String id) {
        return new Role(Kind.TEAM, Checks.notNull("id", id), null);
    }

    /**
     * Returns the role of the members of a team that have a role in it.
     *
     * @param id the team's id
     * @param role the role within the team
     * @return {@code team:ID/ROLE}
     * @throws IllegalArgumentException if {@code id} is not an id, or {@code role} is not one of at most 81 characters
     */
    public static Role team(String id, String role) {
        return new Role(Kind.TEAM, Checks.notNull("id", id), Checks.notNull("role", role));
    }

    /**
     * Returns the role of one membership.
     *
     * @param id the membership's id
     * @return {@code member:ID}
     * @throws IllegalArgumentException if {@code id} is not an id
     */
    public static Role member(String id) {
        return new Role(Kind.MEMBER, Checks.notNull("id", id), null);
    }

    /**
     * Returns the role of the users that have a label.
     *
     * @param name the label, which is an id
     * @return {@code label:NAME}
     * @throws IllegalArgumentException if {@code name} is not a label
     */
    public static Role label(String name) {
        return new Role(Kind.LABEL, Checks.notNull("name", name), null);
    }

    /**
     * Parses the text form of a role.
     *
     * @param text for example {@code team:blue/owner}
     * @return the role
     * @throws IllegalArgumentException if {@code text} is not in the grammar
     */
    public static Role parse(String text) {
        int slash = Checks.notNull("text", text).indexOf('/');
        String dimension = slash < 0 ? null : text.substring(slash + 1);
        String name = slash < 0 ? text : text.substring(0, slash);
        int colon = name.indexOf(':');
        String id = colon < 0 ? null : name.substring(colon + 1);
        String word = colon < 0 ? name : name.substring(0, colon);
        for (Kind kind : Kind.values()) {
            if (kind.word.equals(word)) {
                return new Role(kind, id, dimension);
            }
        }
        throw new IllegalArgumentException(
                "role must be any, guests, users, user:ID, team:ID, member:ID or label:NAME: " + Checks.excerpt(text));
    }

    /**
     * Returns the text form, which {@link #parse} accepts.
     *
     * @return for example {@code team:blue/owner}
     */
    @Override
    public String toString() {
        return kind.word + (id == null ? "" : ":" + id) + (dimension == null ? "" : "/" + dimension);
    }

    private static void requireAbsent(String part, Kind kind, @Nullable String value) {
        if (value != null) {
            throw new IllegalArgumentException(
                    "role " + part + " must be absent for " + kind.word + ": " + Checks.excerpt(value));
        }
    }

    private static void requireId(Kind kind, @Nullable String id) {
        if (id == null) {
            throw new IllegalArgumentException("role must have an id, as in " + kind.word + ":ID");
        }
        Checks.id(kind == Kind.LABEL ? "label" : kind.word + " id", id);
    }

    /** Returns {@code role} if it is a valid role within a team. */
    static String teamRole(String parameter, String role) {
        return Checks.key(parameter, role, MAX_TEAM_ROLE);
    }

    private static String verification(String status) {
        if (!VERIFICATIONS.contains(Checks.notNull("status", status))) {
            throw new IllegalArgumentException("status must be verified or unverified: " + Checks.excerpt(status));
        }
        return status;
    }

    private static void requireVerification(Kind kind, @Nullable String dimension) {
        if (dimension != null && !VERIFICATIONS.contains(dimension)) {
            throw new IllegalArgumentException("role dimension must be verified or unverified for " + kind.word + ": "
                    + Checks.excerpt(dimension));
        }
    }
}

package io.presence;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user with its teams and labels, or a guest, for whom the host performs an operation. The host creates it from its
 * own session.
 *
 * <pre>{@code
 * Principal ada = Principal.user("ada").verified(true).team("blue", "owner").build();
 * Presences hers = store.as(ada);
 * }</pre>
 *
 * <p><b>Cost.</b> {@link #holds} is one look-up in a hash set.
 *
 * <p><b>Threads.</b> A principal is immutable. Its builder is for one thread.
 */
public final class Principal {

    private final @Nullable String userId;
    private final Set<Role> roles;
    private final Set<Scope> scopes;

    private Principal(Builder builder) {
        this.userId = builder.userId;
        this.roles = Set.copyOf(builder.allRoles());
        this.scopes = Set.copyOf(builder.scopes);
    }

    /**
     * Returns a builder for a signed-in user, with the roles {@code any}, {@code users} and {@code user:ID} and both
     * scopes.
     *
     * @param userId the id of the user, which follows the rule of {@link Ids}
     * @return a new builder
     * @throws IllegalArgumentException if {@code userId} is not an id
     */
    public static Builder user(String userId) {
        return new Builder(Checks.id("userId", userId), EnumSet.allOf(Scope.class));
    }

    /**
     * Returns a builder for a guest, that is, a user without a sign-in. It has the roles {@code any} and {@code guests}
     * and the scope to read.
     *
     * @return a new builder
     */
    public static Builder guest() {
        return new Builder(null, EnumSet.of(Scope.PRESENCES_READ));
    }

    /**
     * Returns the id of the user.
     *
     * @return null for a guest
     */
    public @Nullable String userId() {
        return userId;
    }

    /**
     * Returns the roles that this principal holds, including {@code any}.
     *
     * @return an immutable set
     */
    public Set<Role> roles() {
        return roles;
    }

    /**
     * Returns the scopes that this principal holds.
     *
     * @return an immutable set
     */
    public Set<Scope> scopes() {
        return scopes;
    }

    /**
     * Returns whether this principal holds a role.
     *
     * @param role the role
     * @return true if it is one of {@link #roles()}
     */
    public boolean holds(Role role) {
        return roles.contains(Checks.notNull("role", role));
    }

    /**
     * Returns a description for logs.
     *
     * @return {@code guest} or {@code user:ID}
     */
    @Override
    public String toString() {
        return userId == null ? "guest" : "user:" + userId;
    }

    /**
     * The roles and scopes of a {@link Principal} that is being built.
     *
     * <p><b>Threads.</b> For one thread.
     */
    public static final class Builder {

        private final @Nullable String userId;
        private final Set<Role> granted = new LinkedHashSet<>();
        private Set<Scope> scopes;
        private boolean verified;

        private Builder(@Nullable String userId, Set<Scope> scopes) {
            this.userId = userId;
            this.scopes = scopes;
        }

        /**
         * Sets whether the email address or phone number of the user is verified. Default: false.
         *
         * @param verified true for the roles {@code users/verified} and {@code user:ID/verified}
         * @return this builder
         * @throws IllegalStateException if this is a guest
         */
        public Builder verified(boolean verified) {
            requireUser("verified");
            this.verified = verified;
            return this;
        }

        /**
         * Adds a team, and the user's roles within it.
         *
         * @param teamId the id of the team
         * @param teamRoles the roles of the user within that team
         * @return this builder
         * @throws IllegalArgumentException if an argument is not an id, or a role has more than 81 characters
         * @throws IllegalStateException if this is a guest
         */
        public Builder team(String teamId, String... teamRoles) {
            requireUser("team");
            granted.add(Role.team(Checks.id("teamId", teamId)));
            for (String teamRole : Checks.notNull("teamRoles", teamRoles)) {
                granted.add(Role.team(teamId, Role.teamRole("teamRoles", teamRole)));
            }
            return this;
        }

        /**
         * Adds a membership.
         *
         * @param membershipId the id of the membership
         * @return this builder
         * @throws IllegalArgumentException if it is not an id
         * @throws IllegalStateException if this is a guest
         */
        public Builder member(String membershipId) {
            requireUser("member");
            granted.add(Role.member(Checks.id("membershipId", membershipId)));
            return this;
        }

        /**
         * Adds a label.
         *
         * @param name the label, which is an id
         * @return this builder
         * @throws IllegalArgumentException if it is not a label
         * @throws IllegalStateException if this is a guest
         */
        public Builder label(String name) {
            requireUser("label");
            granted.add(Role.label(Checks.id("label", name)));
            return this;
        }

        /**
         * Replaces the scopes.
         *
         * @param scopes the scopes that the principal holds; without any, every operation is refused
         * @return this builder
         * @throws IllegalArgumentException if a guest is given {@link Scope#PRESENCES_WRITE}
         */
        public Builder scopes(Scope... scopes) {
            Set<Scope> replaced = Set.copyOf(Checks.all("scopes", scopes));
            if (userId == null && replaced.contains(Scope.PRESENCES_WRITE)) {
                throw new IllegalArgumentException("scopes of a guest must not include " + Scope.PRESENCES_WRITE);
            }
            this.scopes = replaced;
            return this;
        }

        /**
         * Builds the principal.
         *
         * @return a new principal
         */
        public Principal build() {
            return new Principal(this);
        }

        private Set<Role> allRoles() {
            Set<Role> all = new LinkedHashSet<>(granted);
            all.add(Role.any());
            if (userId == null) {
                all.add(Role.guests());
            } else {
                String status = verified ? "verified" : "unverified";
                all.addAll(List.of(Role.users(), Role.users(status), Role.user(userId), Role.user(userId, status)));
            }
            return all;
        }

        private void requireUser(String what) {
            if (userId == null) {
                throw new IllegalStateException(what + " must not be given to a guest");
            }
        }
    }
}

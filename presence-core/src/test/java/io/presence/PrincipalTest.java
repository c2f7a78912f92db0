package io.presence;

import static io.presence.RefusalAssertions.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PrincipalTest {

    @Test
    void user_byDefault_isUnverified() {
        assertThat(roles(Principal.user("ada").build()))
                .containsExactlyInAnyOrder("any", "users", "users/unverified", "user:ada", "user:ada/unverified");
    }

    @Test
    void verified_true_replacesUnverified() {
        assertThat(roles(Principal.user("ada").verified(true).build()))
                .containsExactlyInAnyOrder("any", "users", "users/verified", "user:ada", "user:ada/verified");
        assertThat(roles(Principal.user("ada").verified(true).verified(false).build()))
                .contains("users/unverified", "user:ada/unverified")
                .doesNotContain("users/verified", "user:ada/verified");
    }

    @Test
    void guest_always_holdsAnyAndGuestsAlone() {
        Principal guest = Principal.guest().build();
        assertThat(roles(guest)).containsExactlyInAnyOrder("any", "guests");
        assertThat(guest.userId()).isNull();
    }

    @Test
    void user_always_isNoGuest() {
        assertThat(Principal.user("ada").build().holds(Role.guests())).isFalse();
        assertThat(Principal.guest().build().holds(Role.users())).isFalse();
    }

    @Test
    void team_withRoles_addsTheTeamAndEachRole() {
        Principal ada =
                Principal.user("ada").team("blue", "owner", "dev").team("red").build();
        assertThat(roles(ada))
                .contains("team:blue", "team:blue/owner", "team:blue/dev", "team:red")
                .hasSize(5 + 4);
        assertThat(ada.holds(Role.team("red", "owner"))).isFalse();
        assertThat(ada.holds(Role.team("green"))).isFalse();
    }

    @Test
    void memberAndLabel_always_addTheirRoles() {
        Principal ada = Principal.user("ada")
                .member("m1")
                .member("m2")
                .label("vip")
                .label("beta")
                .build();
        assertThat(roles(ada))
                .contains("member:m1", "member:m2", "label:vip", "label:beta")
                .hasSize(5 + 4);
        assertThat(ada.holds(Role.label("VIP"))).isFalse();
        assertThat(ada.userId()).isEqualTo("ada");
    }

    @Test
    void scopes_byDefault_areBothForUserAndReadForGuest() {
        assertThat(Principal.user("ada").build().scopes())
                .containsExactlyInAnyOrder(Scope.PRESENCES_READ, Scope.PRESENCES_WRITE);
        assertThat(Principal.guest().build().scopes()).containsExactly(Scope.PRESENCES_READ);
    }

    @Test
    void scopes_setAgain_replaceTheFormer() {
        assertThat(Principal.user("ada").scopes(Scope.PRESENCES_WRITE).build().scopes())
                .containsExactly(Scope.PRESENCES_WRITE);
        assertThat(Principal.user("ada").scopes().build().scopes()).isEmpty();
        assertThat(Principal.guest().scopes().build().scopes()).isEmpty();
        assertThat(Principal.guest().scopes(Scope.PRESENCES_READ).build().scopes())
                .containsExactly(Scope.PRESENCES_READ);
    }

    @Test
    void scopes_withDuplicates_areAccepted() {
        assertThat(Principal.user("ada")
                        .scopes(Scope.PRESENCES_READ, Scope.PRESENCES_READ)
                        .build()
                        .scopes())
                .containsExactly(Scope.PRESENCES_READ);
    }

    @Test
    void scopes_always_haveAppwritesNames() {
        assertThat(Scope.PRESENCES_READ).hasToString("presences.read");
        assertThat(Scope.PRESENCES_WRITE).hasToString("presences.write");
        assertThat(Scope.values()).hasSize(2);
    }

    @Test
    void guest_withWriteScope_isRefused() {
        assertRefused(
                "scopes of a guest must not include presences.write",
                () -> Principal.guest().scopes(Scope.PRESENCES_READ, Scope.PRESENCES_WRITE));
    }

    @Test
    void guest_withUserRoles_isRefused() {
        assertThatThrownBy(() -> Principal.guest().verified(true))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("verified must not be given to a guest");
        assertThatThrownBy(() -> Principal.guest().team("blue"))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("team must not be given to a guest");
        assertThatThrownBy(() -> Principal.guest().member("m1"))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("member must not be given to a guest");
        assertThatThrownBy(() -> Principal.guest().label("vip"))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("label must not be given to a guest");
    }

    @Test
    void builder_illegalId_isRefused() {
        String rule = " must be printable ASCII without space, \", / and \\ (see Ids.escape): ";
        assertRefused("userId must be 1 to 128 characters: 0", () -> Principal.user(""));
        assertRefused("userId" + rule + "\"a b\"", () -> Principal.user("a b"));
        assertRefused("teamId" + rule + "\"b/c\"", () -> Principal.user("ada").team("b/c"));
        assertRefused(
                "teamRoles" + rule + "\"a b\"", () -> Principal.user("ada").team("b", "a", "a b"));
        assertRefused(
                "membershipId" + rule + "\"m\"1\"", () -> Principal.user("ada").member("m\"1"));
        assertRefused("label" + rule + "\"a\\b\"", () -> Principal.user("ada").label("a\\b"));
    }

    @Test
    void principal_afterChangeOfItsBuilder_isUnchanged() {
        Principal.Builder builder = Principal.user("ada");
        Principal before = builder.build();
        builder.team("blue").scopes();
        assertThat(before.holds(Role.team("blue"))).isFalse();
        assertThat(before.scopes()).hasSize(2);
        assertThat(before.roles()).isUnmodifiable();
        assertThat(before.scopes()).isUnmodifiable();
    }

    private static Set<String> roles(Principal principal) {
        assertThat(principal.roles()).allMatch(principal::holds);
        return principal.roles().stream().map(Role::toString).collect(Collectors.toSet());
    }
}

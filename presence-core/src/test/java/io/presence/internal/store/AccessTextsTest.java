package io.presence.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Presence;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Scope;
import io.presence.testing.Samples;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The texts that identify a caller to cursors, limits and logs. */
class AccessTextsTest {

    private static final Access USER =
            new PrincipalAccess(Principal.user("guest").scopes().build());
    private static final Access GUEST =
            new PrincipalAccess(Principal.guest().scopes().build());
    private static final Access TRUSTED = TrustedAccess.INSTANCE;

    @Test
    void caller_ofUserNamedGuest_differsFromGuestAndTrustedCode() {
        assertThat(USER.caller()).isEqualTo("user:guest");
        assertThat(TRUSTED.caller()).isEqualTo("host");
        assertThat(Set.of(USER.caller(), GUEST.caller(), TRUSTED.caller())).hasSize(3);
        assertThat(new PrincipalAccess(Principal.user("guest").team("blue").build()).caller())
                .isEqualTo(USER.caller());
    }

    @Test
    void limitedUser_ofUserAlone_isThatUser() {
        assertThat(USER.limitedUser()).isEqualTo("guest");
        assertThat(GUEST.limitedUser()).isNull();
        assertThat(TRUSTED.limitedUser()).isNull();
    }

    @Test
    void toString_ofEachCaller_namesItForLogs() {
        assertThat(List.of(USER, GUEST, TRUSTED))
                .extracting(Access::toString)
                .containsExactly("user:guest", "guest", "host");
    }

    @Test
    void require_ofMissingScope_saysWhetherToSignIn() {
        assertThatThrownBy(() -> GUEST.require(Scope.PRESENCES_WRITE))
                .hasMessage("principal must be signed in to write, as Principal.user(id) is: guest");
        assertThatThrownBy(() -> GUEST.require(Scope.PRESENCES_READ))
                .hasMessage("principal must hold the scope presences.read: guest");
        assertThatThrownBy(() -> USER.require(Scope.PRESENCES_WRITE))
                .hasMessage("principal must hold the scope presences.write: user:guest");
    }

    @Test
    void trustedCode_onAnyPresence_mayDoEverything() {
        Presence sample =
                Samples.presence(PresenceUpsert.of("p", "ada", "online").permissions(List.of()));
        PresenceState state = (PresenceState) sample;
        assertThat(TRUSTED.canRead(state)).isTrue();
        assertThat(TRUSTED.canUpdate(state)).isTrue();
        assertThat(TRUSTED.canDelete(state)).isTrue();
    }
}

package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Permission;
import io.presence.PresenceId;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Role;
import io.presence.Scope;
import io.presence.access.AccessDecision;
import io.presence.access.AccessExplanation;
import io.presence.access.AccessReason;
import io.presence.fixture.TestStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The reasons and the text of {@code explainAccess}. */
class ExplainAccessTest {

    private static final Principal ADA = Principal.user("ada").build();
    private static final Principal BOB = Principal.user("bob").team("blue").build();
    private static final Principal GUEST = Principal.guest().build();

    private final TestStore test = TestStore.create();
    private final PresenceStore store = test.store();

    @AfterEach
    void close() {
        test.close();
    }

    private void write(Permission... permissions) {
        store.upsert(PresenceUpsert.of("p", "ada", "online")
                .expiresIn(Duration.ofSeconds(10))
                .permissions(List.of(permissions)));
    }

    private static List<AccessReason> reasons(AccessExplanation explained) {
        return List.of(
                explained.read().reason(),
                explained.update().reason(),
                explained.delete().reason(),
                explained.upsert().reason());
    }

    @Test
    void explainAccess_byOwner_isOwnerForEachOperation() {
        write();
        AccessExplanation explained = store.explainAccess(ADA, "p");
        assertThat(reasons(explained)).containsOnly(AccessReason.OWNER);
        assertThat(explained.presence()).isEqualTo(store.get("p"));
        assertThat(explained.owner()).isEqualTo("ada");
    }

    @Test
    void explainAccess_withPermission_namesTheFirstThatGrants() {
        Permission read = Permission.read(Role.team("blue"));
        Permission update = Permission.update(Role.users());
        write(Permission.read(Role.team("red")), read, Permission.read(Role.any()), update);
        AccessExplanation explained = store.explainAccess(BOB, "p");
        assertThat(explained.read()).isEqualTo(new AccessDecision(AccessReason.PERMISSION, read, null));
        assertThat(explained.update()).isEqualTo(new AccessDecision(AccessReason.PERMISSION, update, null));
        assertThat(explained.delete().reason()).isEqualTo(AccessReason.NOT_GRANTED);
        assertThat(explained.upsert().reason()).isEqualTo(AccessReason.ID_IN_USE);
    }

    @Test
    void explainAccess_withUpdateButNotRead_isUnreadable() {
        write(Permission.write(Role.users()));
        assertThat(reasons(store.explainAccess(BOB, "p")))
                .containsExactly(
                        AccessReason.NOT_GRANTED,
                        AccessReason.UNREADABLE,
                        AccessReason.UNREADABLE,
                        AccessReason.ID_IN_USE);
    }

    @Test
    void explainAccess_withoutScope_namesTheScope() {
        write(Permission.read(Role.any()));
        AccessExplanation guest = store.explainAccess(GUEST, "p");
        assertThat(guest.read().isGranted()).isTrue();
        assertThat(guest.update().missing()).isEqualTo(Scope.PRESENCES_WRITE);
        assertThat(guest.upsert().missing()).isEqualTo(Scope.PRESENCES_WRITE);
        Principal writer = Principal.user("ada").scopes(Scope.PRESENCES_WRITE).build();
        assertThat(store.explainAccess(writer, "p").read().missing()).isEqualTo(Scope.PRESENCES_READ);
        assertThat(store.explainAccess(writer, "p").update().isGranted()).isTrue();
    }

    @Test
    void explainAccess_ofAbsentAndEndedPresence_areDifferentReasons() {
        assertThat(reasons(store.explainAccess(ADA, "p")))
                .containsExactly(AccessReason.ABSENT, AccessReason.ABSENT, AccessReason.ABSENT, AccessReason.FREE);
        write();
        test.drain();
        test.clock().advance(Duration.ofSeconds(10));
        assertThat(reasons(store.explainAccess(ADA, "p")))
                .containsExactly(AccessReason.ENDED, AccessReason.ENDED, AccessReason.ENDED, AccessReason.FREE);
        test.pass(Duration.ofSeconds(1));
        assertThat(store.explainAccess(ADA, "p").read().reason()).isEqualTo(AccessReason.ABSENT);
        assertThat(store.explainAccess(ADA, "p").presence()).isNull();
    }

    @Test
    void explainAccess_ofAnIdOfLocks_isReserved() {
        assertThat(store.explainAccess(ADA, "~lock:doc").upsert().reason()).isEqualTo(AccessReason.ID_RESERVED);
        assertThat(store.explainAccess(ADA, "lock:doc").upsert().reason()).isEqualTo(AccessReason.FREE);
    }

    @Test
    void explainAccess_ofIdsScopedByUser_refusesOthers() {
        try (TestStore scoped = TestStore.create(builder -> builder.scopeIdsByUser())) {
            assertThat(scoped.store().explainAccess(ADA, "p").upsert().reason()).isEqualTo(AccessReason.ID_OF_OTHER);
            assertThat(scoped.store()
                            .explainAccess(ADA, PresenceId.of("ada", "p"))
                            .upsert()
                            .reason())
                    .isEqualTo(AccessReason.FREE);
        }
    }

    @Test
    void explainAccess_afterClose_stillAnswers() {
        write();
        store.close();
        assertThat(store.explainAccess(ADA, "p").read().isGranted()).isTrue();
    }

    @Test
    void toString_ofExplanation_isReadByAnOperator() {
        write(Permission.read(Role.team("red")));
        assertThat(store.explainAccess(BOB, "p"))
                .hasToString("user:bob does not see p\n"
                        + "  presence: alive until " + store.get("p").expiresAt()
                        + ", owner ada, permissions [read(\"team:red\")]\n"
                        + "  roles: any, team:blue, user:bob, user:bob/unverified, users, users/unverified\n"
                        + "  scopes: presences.read, presences.write\n"
                        + "  read: no, not the owner, and no permission grants it to a role of the principal\n"
                        + "  update, touch: no, a presence that the principal cannot read is absent for it\n"
                        + "  delete: no, a presence that the principal cannot read is absent for it\n"
                        + "  upsert: no, a presence of another user has this id");
        write(Permission.read(Role.any()));
        assertThat(store.explainAccess(GUEST, "p").toString())
                .startsWith("guest sees p\n")
                .contains("\n  read: yes, by read(\"any\")\n")
                .contains("\n  delete: no, the scope presences.write is missing\n");
        assertThat(store.explainAccess(ADA, "forged\nuser:ada sees q").toString())
                .startsWith("user:ada does not see forged?user:ada sees q\n  presence: none that is alive\n");
    }

    @Test
    void decision_withPartsOfAnotherReason_isRefused() {
        assertThatThrownBy(() -> AccessDecision.of(AccessReason.PERMISSION))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("permission must be given for PERMISSION alone: PERMISSION");
        assertThatThrownBy(() -> new AccessDecision(AccessReason.OWNER, null, Scope.PRESENCES_READ))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("missing must be given for SCOPE_MISSING alone: OWNER");
    }
}

package io.presence.contract;

import static io.presence.PresenceException.Code.CURSOR_NOT_FOUND;
import static io.presence.PresenceException.Code.DENIED;
import static io.presence.PresenceException.Code.ID_UNAVAILABLE;
import static io.presence.PresenceException.Code.NOT_FOUND;
import static io.presence.PresenceException.Code.SCOPE_MISSING;
import static io.presence.contract.ErrorCodes.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Principal;
import io.presence.Role;
import io.presence.Scope;
import io.presence.fixture.Promise;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Authorization: each method by each kind of principal. */
class AccessTest {

    private static final PresencePatch AWAY = PresencePatch.none().status("away");

    private final TestStore test = TestStore.create();
    private final Presences trusted = test.store();
    private final Presences ada = test.user("ada");
    private final Presences bob = test.user("bob");
    private final Presences guest = test.store().as(Principal.guest().build());

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void read_withoutPermissions_isForTheOwnerAlone() {
        Presence written = ada.upsert(PresenceUpsert.of("p", "online")).presence();
        assertThat(written.permissions()).isEqualTo(Permission.ownerOnly("ada"));
        assertThat(ada.get("p")).isEqualTo(written);
        assertThat(trusted.get("p")).isEqualTo(written);
        assertAbsent(bob, "p");
        assertThat(guest.get("p")).isNull();
    }

    @Test
    void anyMethod_byOwnerWithPermissionsForOthers_isPermitted() {
        ada.upsert(PresenceUpsert.of("p", "online").permissions(Permission.read(Role.users())));
        assertOwns(ada, "p");
    }

    @Test
    void anyMethod_byOwnerWithEmptyPermissions_isPermitted() {
        ada.upsert(PresenceUpsert.of("p", "online").permissions(List.of()));
        assertThat(ada.get("p").permissions()).isEmpty();
        assertAbsent(bob, "p");
        assertOwns(ada, "p");
    }

    private static void assertOwns(Presences owner, String id) {
        assertThat(owner.get(id)).isNotNull();
        assertThat(owner.list().presences()).extracting(Presence::id).contains(id);
        assertThat(owner.count()).isEqualTo(1);
        assertThat(owner.touch(id)).isTrue();
        assertThat(owner.touch(id, Duration.ofSeconds(1))).isTrue();
        assertThat(owner.update(id, AWAY).presence().status()).isEqualTo("away");
        assertThat(owner.upsert(PresenceUpsert.of(id, "back")).presence().status())
                .isEqualTo("back");
        assertThat(owner.delete(id)).isTrue();
    }

    @Test
    void write_byPrincipalWithReadAlone_isDenied() {
        ada.upsert(PresenceUpsert.of("p", "online").permissions(Permission.read(Role.users())));
        assertThat(bob.get("p")).isEqualTo(ada.get("p"));
        assertThat(bob.list().presences()).containsExactly(ada.get("p"));
        assertThat(bob.count()).isEqualTo(1);
        assertThat(assertRefused(DENIED, () -> bob.touch("p")))
                .isEqualTo("presence must grant update to a role of the principal to be touched: p");
        assertRefused(DENIED, () -> bob.touch("p", Duration.ofSeconds(1)));
        assertThat(assertRefused(DENIED, () -> bob.update("p", AWAY)))
                .isEqualTo("presence must grant update to a role of the principal to be updated: p");
        assertRefused(DENIED, () -> bob.update("p", PresencePatch.none()));
        assertThat(assertRefused(DENIED, () -> bob.delete("p")))
                .isEqualTo("presence must grant delete to a role of the principal to be deleted: p");
        assertThat(ada.get("p").status()).isEqualTo("online");
    }

    @Test
    void updateAndDelete_eachGrantedAlone_permitThatAction() {
        ada.upsert(PresenceUpsert.of("u", "online")
                .permissions(Permission.read(Role.users()), Permission.update(Role.users())));
        assertThat(bob.touch("u")).isTrue();
        assertThat(bob.update("u", AWAY).presence().userId()).isEqualTo("ada");
        assertRefused(DENIED, () -> bob.delete("u"));

        ada.upsert(PresenceUpsert.of("d", "online")
                .permissions(Permission.read(Role.users()), Permission.delete(Role.users())));
        assertRefused(DENIED, () -> bob.touch("d"));
        assertRefused(DENIED, () -> bob.update("d", AWAY));
        assertThat(bob.delete("d")).isTrue();
        assertThat(ada.get("d")).isNull();
    }

    @Test
    void get_withUpdateAndDeleteAlone_findsNothing() {
        ada.upsert(PresenceUpsert.of("p", "online").permissions(Permission.write(Role.users())));
        assertAbsent(bob, "p");
        assertThat(ada.get("p").status()).isEqualTo("online");
    }

    @Test
    @Promise("no-leak")
    void anyMethod_onUnreadablePresence_failsAsOnAbsentOne() {
        ada.upsert(PresenceUpsert.of("p", "online"));
        for (Function<String, Object> call : List.<Function<String, Object>>of(
                id -> String.valueOf(bob.get(id)),
                id -> bob.touch(id),
                id -> bob.touch(id, Duration.ofSeconds(1)),
                id -> bob.delete(id),
                id -> bob.list(Query.equal("$id", id)).total(),
                id -> bob.count(Query.equal("$id", id)),
                id -> assertRefused(NOT_FOUND, () -> bob.update(id, AWAY)),
                id -> assertRefused(NOT_FOUND, () -> bob.update(id, PresencePatch.none())),
                id -> assertRefused(CURSOR_NOT_FOUND, () -> bob.list(Query.cursorAfter(id))),
                id -> assertRefused(CURSOR_NOT_FOUND, () -> bob.list(Query.cursorBefore(id))))) {
            Object unreadable = call.apply("p");
            Object absent = call.apply("q");
            assertThat(unreadable.toString()).isEqualTo(absent.toString().replace("q", "p"));
        }
    }

    private static void assertAbsent(Presences caller, String id) {
        assertThat(caller.get(id)).isNull();
        assertThat(caller.touch(id)).isFalse();
        assertThat(caller.touch(id, Duration.ofSeconds(1))).isFalse();
        assertThat(caller.delete(id)).isFalse();
        assertThat(caller.list().presences()).extracting(Presence::id).doesNotContain(id);
        assertThat(caller.list(Query.equal("$id", id)).total()).isZero();
        assertThat(caller.count(Query.equal("$id", id))).isZero();
        assertRefused(NOT_FOUND, () -> caller.update(id, AWAY));
        assertRefused(CURSOR_NOT_FOUND, () -> caller.list(Query.cursorAfter(id)));
    }

    @Test
    void notFound_ofLongId_showsItsBeginning() {
        assertThat(assertRefused(NOT_FOUND, () -> ada.update("x".repeat(10_000), AWAY)))
                .hasSizeLessThan(200);
        assertThat(assertRefused(CURSOR_NOT_FOUND, () -> ada.list(Query.cursorAfter("x".repeat(255)))))
                .hasSizeLessThan(400);
    }

    @Test
    void notFound_ofIdWithControlCharacters_showsQuestionMarks() {
        assertThat(assertRefused(NOT_FOUND, () -> ada.update("a\r\nb", AWAY)))
                .isEqualTo("presence must exist and be readable: a??b");
        assertThat(assertRefused(CURSOR_NOT_FOUND, () -> ada.list(Query.cursorAfter("a\u001b\nb"))))
                .isEqualTo("cursor must be a presence that is readable: a??b");
    }

    @Test
    void read_byEachRole_isGrantedToItsHoldersAlone() {
        Presences full = test.store()
                .as(Principal.user("eve")
                        .verified(true)
                        .team("blue", "dev")
                        .member("m1")
                        .label("vip")
                        .build());
        Map<Role, Presences> holders = Map.of(
                Role.any(), guest,
                Role.guests(), guest,
                Role.users(), bob,
                Role.users("unverified"), bob,
                Role.user("bob"), bob,
                Role.user("bob", "unverified"), bob,
                Role.team("blue"), full,
                Role.team("blue", "dev"), full,
                Role.member("m1"), full,
                Role.label("vip"), full);
        holders.forEach((role, holder) -> {
            trusted.upsert(PresenceUpsert.of("p", "ada", "online").permissions(Permission.read(role)));
            assertThat(holder.get("p")).as(role.toString()).isNotNull();
        });
        for (Role role : List.of(
                Role.guests(),
                Role.users("verified"),
                Role.user("bobby"),
                Role.user("bob", "verified"),
                Role.team("blue"),
                Role.team("blue", "dev"),
                Role.member("m1"),
                Role.label("vip"))) {
            trusted.upsert(PresenceUpsert.of("p", "ada", "online").permissions(Permission.read(role)));
            assertThat(bob.get("p")).as(role.toString()).isNull();
        }
        for (Role role : List.of(Role.team("blue", "owner"), Role.users("unverified"), Role.label("Vip"))) {
            trusted.upsert(PresenceUpsert.of("p", "ada", "online").permissions(Permission.read(role)));
            assertThat(full.get("p")).as(role.toString()).isNull();
        }
    }

    @Test
    void upsert_grantingRoleThatPrincipalLacks_isDenied() {
        Presences blue =
                test.store().as(Principal.user("ada").team("blue", "dev").build());
        blue.upsert(PresenceUpsert.of("p", "online")
                .permissions(
                        Permission.read(Role.any()),
                        Permission.read(Role.users()),
                        Permission.read(Role.team("blue")),
                        Permission.update(Role.team("blue", "dev")),
                        Permission.write(Role.user("ada"))));
        for (Role foreign : List.of(
                Role.guests(),
                Role.user("bob"),
                Role.team("red"),
                Role.team("blue", "owner"),
                Role.users("verified"),
                Role.member("m1"),
                Role.label("vip"))) {
            List<Permission> granted = List.of(Permission.read(Role.any()), Permission.delete(foreign));
            String message = assertRefused(
                    DENIED, () -> blue.upsert(PresenceUpsert.of("p", "online").permissions(granted)));
            assertThat(message).startsWith("permissions must name roles that ").endsWith(" holds: " + foreign);
            assertRefused(DENIED, () -> blue.update("p", PresencePatch.none().permissions(granted)));
        }
        assertThat(blue.get("p").permissions()).hasSize(6);
    }

    @Test
    void upsert_byTrustedCode_grantsAnyRole() {
        trusted.upsert(PresenceUpsert.of("p", "ada", "online").permissions(Permission.read(Role.team("red"))));
        trusted.update("p", PresencePatch.none().permissions(Permission.read(Role.user("bob"))));
        assertThat(bob.get("p")).isNotNull();
    }

    @Test
    void upsert_withoutOwner_takesThePrincipal() {
        assertThat(ada.upsert(PresenceUpsert.of("p", "online")).presence().userId())
                .isEqualTo("ada");
        assertThat(ada.upsert(PresenceUpsert.of("p", "ada", "online"))
                        .presence()
                        .userId())
                .isEqualTo("ada");
    }

    @Test
    void upsert_namingAnotherOwner_isDenied() {
        assertThat(assertRefused(DENIED, () -> ada.upsert(PresenceUpsert.of("p", "bob", "online"))))
                .isEqualTo("userId must be the principal's own, ada: bob");
        assertThat(trusted.get("p")).isNull();
    }

    @Test
    void upsert_byTrustedCodeWithoutOwner_isRefused() {
        assertThatThrownBy(() -> trusted.upsert(PresenceUpsert.of("p", "online")))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("userId must be named in PresenceUpsert.of by a trusted caller: null");
    }

    @Test
    void upsert_onIdOfAnotherUser_isUnavailableWithoutDetails() {
        trusted.upsert(PresenceUpsert.of("p", "ada", "unreadable"));
        String unreadable = assertRefused(ID_UNAVAILABLE, () -> bob.upsert(PresenceUpsert.of("p", "online")));
        trusted.upsert(PresenceUpsert.of("p", "ada", "readable").permissions(Permission.read(Role.users())));
        String readable = assertRefused(ID_UNAVAILABLE, () -> bob.upsert(PresenceUpsert.of("p", "online")));
        trusted.upsert(PresenceUpsert.of("p", "ada", "mine too")
                .permissions(Permission.read(Role.users()), Permission.write(Role.users())));
        String writable = assertRefused(ID_UNAVAILABLE, () -> bob.upsert(PresenceUpsert.of("p", "online")));
        String byTrusted = assertRefused(ID_UNAVAILABLE, () -> trusted.upsert(PresenceUpsert.of("p", "bob", "online")));
        assertThat(List.of(unreadable, readable, writable, byTrusted)).containsOnly("presenceId is already in use: p");
        assertThat(trusted.get("p").userId()).isEqualTo("ada");
        assertThat(trusted.get("p").status()).isEqualTo("mine too");
    }

    @Test
    void upsert_onExpiredIdOfAnotherUser_succeedsBeforeDispatch() {
        ada.upsert(PresenceUpsert.of("p", "online").expiresIn(Duration.ofSeconds(5)));
        test.clock().advance(Duration.ofSeconds(5));
        assertThat(bob.upsert(PresenceUpsert.of("p", "mine")).presence().userId())
                .isEqualTo("bob");
        assertAbsent(ada, "p");
    }

    @Test
    void upsert_onDeletedIdOfAnotherUser_succeedsBeforeDispatch() {
        ada.upsert(PresenceUpsert.of("p", "online"));
        ada.delete("p");
        assertThat(bob.upsert(PresenceUpsert.of("p", "mine")).presence().userId())
                .isEqualTo("bob");
    }

    @Test
    void read_withoutReadScope_isDenied() {
        Presences writer = test.store()
                .as(Principal.user("ada").scopes(Scope.PRESENCES_WRITE).build());
        writer.upsert(PresenceUpsert.of("p", "online"));
        assertThat(writer.update("p", AWAY).presence().status()).isEqualTo("away");
        assertThat(writer.touch("p")).isTrue();
        assertThat(assertRefused(SCOPE_MISSING, () -> writer.get("p")))
                .isEqualTo("principal must hold the scope presences.read: user:ada");
        assertRefused(SCOPE_MISSING, () -> writer.list());
        assertRefused(SCOPE_MISSING, () -> writer.count());
        assertRefused(SCOPE_MISSING, () -> writer.subscribe(Channel.presences(), event -> {}));
        assertThat(writer.delete("p")).isTrue();
    }

    @Test
    void write_withoutWriteScope_isDenied() {
        ada.upsert(PresenceUpsert.of("p", "online"));
        Presences reader = test.store()
                .as(Principal.user("ada").scopes(Scope.PRESENCES_READ).build());
        assertThat(reader.get("p")).isNotNull();
        assertThat(reader.list().total()).isEqualTo(1);
        assertThat(assertRefused(SCOPE_MISSING, () -> reader.upsert(PresenceUpsert.of("p", "away"))))
                .isEqualTo("principal must hold the scope presences.write: user:ada");
        assertRefused(SCOPE_MISSING, () -> reader.update("p", AWAY));
        assertRefused(SCOPE_MISSING, () -> reader.touch("p"));
        assertRefused(SCOPE_MISSING, () -> reader.touch("p", Duration.ofSeconds(1)));
        assertRefused(SCOPE_MISSING, () -> reader.delete("p"));
        assertThat(ada.get("p").status()).isEqualTo("online");
    }

    @Test
    void anyMethod_withoutScopes_isDenied() {
        Presences locked = test.store().as(Principal.user("ada").scopes().build());
        assertRefused(SCOPE_MISSING, () -> locked.get("p"));
        assertRefused(SCOPE_MISSING, () -> locked.upsert(PresenceUpsert.of("p", "online")));
    }

    @Test
    void anyMethod_byGuest_readsPresencesForGuestsAndWritesNothing() {
        trusted.upsert(PresenceUpsert.of("any", "ada", "online")
                .permissions(Permission.read(Role.any()), Permission.write(Role.any())));
        trusted.upsert(PresenceUpsert.of("guests", "ada", "online").permissions(Permission.read(Role.guests())));
        trusted.upsert(PresenceUpsert.of("users", "ada", "online").permissions(Permission.read(Role.users())));
        assertThat(guest.list().presences()).extracting(Presence::id).containsExactly("any", "guests");
        assertRefused(SCOPE_MISSING, () -> guest.upsert(PresenceUpsert.of("g", "online")));
        assertRefused(SCOPE_MISSING, () -> guest.touch("any"));
        assertRefused(SCOPE_MISSING, () -> guest.update("any", AWAY));
        assertRefused(SCOPE_MISSING, () -> guest.delete("any"));
    }
}

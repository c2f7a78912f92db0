package io.presence.property;

import io.presence.Permission;
import io.presence.PresenceStore;
import io.presence.Presences;
import io.presence.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A caller of the store under test and of the model. It is the model's only source of authorization. */
enum ModelCaller {
    TRUSTED(null),
    ADA(Principal.user("ada").team("blue").build()),
    BOB(Principal.user("bob").verified(true).team("blue", "lead").label("vip").build()),
    EVE(Principal.user("eve").build()),
    GUEST(Principal.guest().build());

    private final @Nullable Principal principal;

    ModelCaller(@Nullable Principal principal) {
        this.principal = principal;
    }

    Presences view(PresenceStore store) {
        return principal == null ? store : store.as(principal);
    }

    @Nullable Principal principal() {
        return principal;
    }

    boolean mayWriteAtAll() {
        return principal == null || principal.userId() != null;
    }

    @Nullable String userId() {
        return principal == null ? null : principal.userId();
    }

    boolean isTrusted() {
        return principal == null;
    }

    boolean mayGrant(@Nullable List<Permission> permissions) {
        return principal == null
                || permissions == null
                || permissions.stream().allMatch(permission -> principal.holds(permission.role()));
    }

    boolean may(Permission.Type type, ModelRecord record) {
        return principal == null
                || record.userId().equals(principal.userId())
                || record.permissions().stream()
                        .anyMatch(permission -> permission.type() == type && principal.holds(permission.role()));
    }
}

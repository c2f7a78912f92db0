package io.presence.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Permission;
import io.presence.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrantedPermissionsTest {

    private static final Permission READ = Permission.read(Role.team("blue"));
    private static final Permission UPDATE = Permission.update(Role.user("bob"));

    @Test
    void of_equalPermissions_isTheKnownInstance() {
        GrantedPermissions known = GrantedPermissions.of(null, List.of(READ, UPDATE));
        assertThat(GrantedPermissions.of(known, List.of(Permission.read(Role.team("blue")), UPDATE)))
                .isSameAs(known);
    }

    @Test
    void of_otherPermissions_hasThose() {
        GrantedPermissions known = GrantedPermissions.of(null, List.of(READ, UPDATE));
        for (List<Permission> other : List.of(List.of(READ), List.of(UPDATE, READ), List.of(READ, READ))) {
            assertThat(GrantedPermissions.of(known, other).list()).isEqualTo(other);
        }
        assertThat(GrantedPermissions.of(known, null)).isNull();
    }

    @Test
    void readers_ofSeveralTypes_areTheRolesOfReadAlone() {
        GrantedPermissions granted = GrantedPermissions.of(null, List.of(UPDATE, READ, Permission.delete(Role.any())));
        assertThat(granted.readers()).containsExactly("team:blue").isSameAs(granted.readers());
    }
}

package io.presence.internal.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Permission;
import io.presence.Role;
import io.presence.lock.Locks;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockIdsTest {

    @ParameterizedTest
    @ValueSource(strings = {" ", "\t", "\"", "/", "\\", "\u007f", "\u0080", "\u00e4"})
    void of_resourceWithOtherCharacter_isRefused(String character) {
        assertThatThrownBy(() -> LockIds.of("a" + character + "b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("printable ASCII");
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "#", ".", "0", "[", "]", "}", "~", "create", "a.creates", "a.upsert.b"})
    void of_resourceOfPrintableCharacters_isThePrefixAndTheResource(String resource) {
        assertThat(LockIds.of(resource)).isEqualTo(Locks.ID_PREFIX + resource);
        assertThat(LockIds.resource(LockIds.of(resource))).isEqualTo(resource);
    }

    @ParameterizedTest
    @ValueSource(strings = {".create", "a.upsert", "a.b.update", "a.delete"})
    void of_resourceThatEndsInAnAction_isRefused(String resource) {
        assertThatThrownBy(() -> LockIds.of(resource))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(": " + resource);
    }

    @Test
    void readOnly_atTheMaximum_isAccepted() {
        Permission[] most = new Permission[Permission.MAX_PERMISSIONS];
        Arrays.fill(most, Permission.read(Role.any()));
        assertThat(LockIds.readOnly(most)).containsExactly(most);

        Permission[] more = Arrays.copyOf(most, most.length + 1);
        more[most.length] = most[0];
        assertThatThrownBy(() -> LockIds.readOnly(more)).hasMessage("readPermissions must be at most 100: 101");
    }
}

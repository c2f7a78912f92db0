package io.presence.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.internal.delivery.StateChange;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The sizes of the two objects of which a store holds one for each presence, and of the one that it makes for each
 * change. An object takes a multiple of 8 bytes. Its header takes 12 bytes, or 8 with the compact headers of JDK 25.
 */
class RecordSizeTest {

    private static final int HEADER = 12;
    private static final int COMPACT_HEADER = 8;
    /* With compressed pointers. */
    private static final int REFERENCE = 4;

    @Test
    void state_ofAnUpsertWithoutExtras_fits64Bytes() {
        assertThat(HEADER + fields(PresenceState.class)).isEqualTo(64);
    }

    @Test
    void state_withSourceOrPermissionsOrAnotherLease_fits80Bytes() {
        assertThat(HEADER + fields(ExtendedState.class)).isEqualTo(80);
    }

    @Test
    void entry_always_fits64BytesWithCompactHeaders() {
        assertThat(COMPACT_HEADER + fields(Entry.class)).isEqualTo(64);
    }

    @Test
    void change_always_fits56Bytes() {
        assertThat(HEADER + fields(StateChange.class)).isBetween(49, 56);
    }

    private static int fields(Class<?> type) {
        return Stream.<Class<?>>iterate(type, each -> each != Object.class, Class::getSuperclass)
                .flatMap(each -> Stream.of(each.getDeclaredFields()))
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(Field::getType)
                .mapToInt(RecordSizeTest::size)
                .sum();
    }

    private static int size(Class<?> type) {
        return switch (type.getName()) {
            case "long" -> Long.BYTES;
            case "int" -> Integer.BYTES;
            case "boolean", "byte" -> Byte.BYTES;
            default -> REFERENCE;
        };
    }
}

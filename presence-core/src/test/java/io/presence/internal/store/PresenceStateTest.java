package io.presence.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PresenceStateTest {

    /* The header of an object and a reference, with compressed pointers. */
    private static final int HEADER = 12;
    private static final int REFERENCE = 4;

    private static int size(Class<?> type) {
        return switch (type.getName()) {
            case "long" -> Long.BYTES;
            case "int" -> Integer.BYTES;
            default -> REFERENCE;
        };
    }

    /* A store holds a million of them, and an object takes a multiple of 8 bytes. */
    @Test
    void fields_always_fill80Bytes() {
        int fields = Stream.of(PresenceState.class.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(Field::getType)
                .mapToInt(PresenceStateTest::size)
                .sum();
        assertThat(HEADER + fields).isEqualTo(80);
    }
}

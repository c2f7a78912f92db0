package io.presence.query.internal.program;

import io.presence.query.AttributePath;
import io.presence.query.Attributes;
import java.util.List;
import java.util.Map;

/**
 * What one {@code elemMatch} asks of the elements of its list.
 *
 * @param level how many other {@code elemMatch} are around it
 * @param paths within an element
 * @param slots of these paths
 */
record ElementScope(int level, List<AttributePath> paths, int[] slots) {
    void fill(Map<?, ?> element, Slots target) {
        for (int i = 0; i < slots.length; i++) {
            target.replace(slots[i], Attributes.resolve(element, paths.get(i), 0));
        }
    }
}

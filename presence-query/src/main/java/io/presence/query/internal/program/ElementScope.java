package io.presence.query.internal.program;

import io.presence.query.AttributePath;
import io.presence.query.Attributes;
import java.util.List;
import java.util.Map;

/** The paths that an {@code elemMatch} reads in the elements of its list, and their slots. */
final class ElementScope {

    private final int level;
    private final List<AttributePath> paths;
    private final int[] slots;
    private final int keys;

    /** Creates a scope from its level of nesting, and the paths within an element with their slots. */
    ElementScope(int level, List<AttributePath> paths, int[] slots) {
        this.level = level;
        this.paths = paths;
        this.slots = slots;
        this.keys = paths.stream().mapToInt(AttributePath::size).sum();
    }

    int level() {
        return level;
    }

    void fill(Map<?, ?> element, Slots target) {
        target.spend((long) Cost.KEY * keys);
        for (int i = 0; i < slots.length; i++) {
            target.replace(slots[i], Attributes.resolve(element, paths.get(i), 0));
        }
    }
}

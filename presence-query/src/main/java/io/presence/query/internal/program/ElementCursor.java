package io.presence.query.internal.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** The position of an {@code elemMatch} in its list. */
final class ElementCursor {

    private List<?> list = List.of();
    private int next;

    /**
     * Starts at the first element. A list without random access is copied, since access by position could be linear.
     */
    void start(List<?> elements) {
        list = elements instanceof RandomAccess ? elements : new ArrayList<>(elements);
        next = 0;
    }

    /** Returns the next element that is a map, or null if there is none left. */
    @Nullable Map<?, ?> advance() {
        while (next < list.size()) {
            if (list.get(next++) instanceof Map<?, ?> map) {
                return map;
            }
        }
        list = List.of();
        return null;
    }
}

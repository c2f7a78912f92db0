package io.presence.query.internal.program;

import java.util.AbstractSequentialList;
import java.util.List;
import java.util.ListIterator;

/** A list whose access by position would be linear, and fails. */
final class Linked extends AbstractSequentialList<Object> {

    private final List<Object> elements;

    Linked(Object... elements) {
        this.elements = List.of(elements);
    }

    @Override
    public ListIterator<Object> listIterator(int index) {
        return elements.listIterator(index);
    }

    @Override
    public int size() {
        return elements.size();
    }

    @Override
    public Object get(int index) {
        throw new AssertionError("access by position: " + index);
    }
}

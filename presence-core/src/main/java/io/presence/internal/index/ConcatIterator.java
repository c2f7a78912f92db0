package io.presence.internal.index;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A concatenation of iterators. Each is created when the previous one has ended.
 *
 * <p><b>Threads.</b> For one thread.
 */
public final class ConcatIterator<E> implements Iterator<E> {

    private final Supplier<@Nullable Iterator<E>> following;
    private @Nullable Iterator<E> link = Collections.emptyIterator();

    /**
     * Starts before the first element.
     *
     * @param following creates the next iterator, or returns null after the last
     */
    public ConcatIterator(Supplier<@Nullable Iterator<E>> following) {
        this.following = following;
    }

    @Override
    public boolean hasNext() {
        while (link != null && !link.hasNext()) {
            link = following.get();
        }
        return link != null;
    }

    @Override
    public E next() {
        if (!hasNext() || link == null) {
            throw new NoSuchElementException();
        }
        return link.next();
    }
}

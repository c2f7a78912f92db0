package io.presence.internal.index;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Iterators one after the other, each made when the one before has ended.
 *
 * <p><b>Threads.</b> For one thread.
 */
public final class ConcatIterator<E> implements Iterator<E> {

    private final Supplier<@Nullable Iterator<E>> following;
    private @Nullable Iterator<E> link = Collections.emptyIterator();

    /**
     * Starts before the first.
     *
     * @param following makes the next iterator, or null if there is none
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

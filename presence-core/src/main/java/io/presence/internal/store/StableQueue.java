package io.presence.internal.store;

import java.util.AbstractQueue;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A queue in the order of addition that has room before it changes. An {@link ArrayDeque} that has no memory to grow is
 * empty afterwards, so that all elements are lost with the one to add.
 *
 * <p><b>Cost.</b> Amortized constant time; linear to remove an element in the middle. It does not shrink.
 * <p><b>Threads.</b> For one thread.
 * <p><b>Errors.</b> If there is no memory for an addition, the queue is as before.
 *
 * @param <E> the type of elements
 */
public final class StableQueue<E> extends AbstractQueue<E> {

    private int room;
    /* Never has more than room elements, for which it was created. */
    private ArrayDeque<E> elements;

    /**
     * Creates an empty queue.
     *
     * @param room the number of elements for which it need not grow, positive
     */
    public StableQueue(int room) {
        this.room = room;
        this.elements = new ArrayDeque<>(room);
    }

    @Override
    public boolean offer(E element) {
        if (elements.size() == room) {
            grow();
        }
        return elements.offer(element);
    }

    private void grow() {
        ArrayDeque<E> larger = new ArrayDeque<>(2 * room);
        larger.addAll(elements);
        elements = larger;
        room *= 2;
    }

    @Override
    public @Nullable E poll() {
        return elements.poll();
    }

    @Override
    public @Nullable E peek() {
        return elements.peek();
    }

    /** Removes the element that was added last. The queue must not be empty. */
    public void removeLast() {
        elements.removeLast();
    }

    @Override
    public Iterator<E> iterator() {
        return elements.iterator();
    }

    @Override
    public int size() {
        return elements.size();
    }
}

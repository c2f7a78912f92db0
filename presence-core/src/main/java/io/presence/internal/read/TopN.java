package io.presence.internal.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The selection of the first n elements of a list without sorting the whole list. */
final class TopN {

    /* If the list is shorter than this multiple of n, sorting all of it is faster. */
    private static final int MANY = 8;

    private TopN() {}

    /**
     * Returns the first elements in order.
     *
     * <p><b>Cost.</b> O(n log count) for n elements; close to n comparisons if count is small.
     *
     * @param elements in any order; not changed
     * @param count from 0 to their number
     */
    static <T> List<T> first(List<T> elements, int count, Comparator<? super T> order) {
        List<T> first = count > elements.size() / MANY ? elements : least(elements, count, order);
        List<T> sorted = new ArrayList<>(first);
        sorted.sort(order);
        return sorted.subList(0, count);
    }

    private static <T> List<T> least(List<T> elements, int count, Comparator<? super T> order) {
        if (count == 0) {
            return List.of();
        }
        PriorityQueue<T> least = new PriorityQueue<>(count, order.reversed());
        for (T element : elements) {
            if (least.size() < count) {
                least.add(element);
            } else if (order.compare(element, least.element()) < 0) {
                least.remove();
                least.add(element);
            }
        }
        return new ArrayList<>(least);
    }
}

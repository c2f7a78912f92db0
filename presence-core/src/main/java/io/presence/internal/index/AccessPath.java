package io.presence.internal.index;

import java.util.Iterator;

/**
 * A way to the entries that can match a filter: it gives all of those, and possibly others.
 *
 * @param <E> the type of entries
 */
public interface AccessPath<E> {

    /** The name: {@code full scan}, {@code $id}, or {@code index on} an attribute. */
    String name();

    /** The number of entries to examine, as of now. An entry under two of the values counts twice. */
    long size();

    /**
     * The entries to examine, each once, weakly consistent: an entry that matches throughout the iteration is
     * included. Iterate once.
     */
    Iterable<E> entries();

    /**
     * The entries to examine, some possibly more than once, without preparation: for a scan in slices. Weakly
     * consistent as above for a filter with one value. With several, an entry that changes from one value to another
     * may be missed.
     */
    Iterator<E> iterator();
}

package io.presence.internal.index;

import java.util.Iterator;

/**
 * One way to come by the entries that a filter may hold for: all of those, and perhaps others.
 *
 * @param <E> what is found
 */
public interface AccessPath<E> {

    /** What it goes by: {@code full scan}, {@code $id}, or {@code index on} an attribute. */
    String name();

    /** How many entries there are to look at, as of now; one that is met at two values counts twice. */
    long size();

    /**
     * The entries to look at, each once, weakly consistent: an entry for which the filter holds throughout the pass is
     * met. Go over them once.
     */
    Iterable<E> entries();

    /**
     * The entries to look at, some perhaps more than once, without any work ahead: for a pass that takes rests. Weakly
     * consistent as above for a filter with one value; with several, an entry that goes from one to another may be missed.
     */
    Iterator<E> iterator();
}

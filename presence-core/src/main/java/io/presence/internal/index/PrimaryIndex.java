package io.presence.internal.index;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The index of all entries by id.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 *
 * @param <E> the type of entries
 */
public interface PrimaryIndex<E> {

    /** The entry of an id, or null. */
    @Nullable E find(String id);

    /** The number of entries. */
    int size();

    /** All entries, each once, weakly consistent: an entry that is there throughout is included. */
    Iterator<E> iterator();
}

package io.presence.internal.index;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * All entries, by id.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 *
 * @param <E> what is found
 */
public interface PrimaryIndex<E> {

    /** The entry of an id, or null. */
    @Nullable E find(String id);

    /** How many there are. */
    int size();

    /** All of them, each once, weakly consistent: one that is there throughout is met. */
    Iterator<E> iterator();
}

package io.presence.internal.index;

import io.presence.query.AttributePath;
import io.presence.query.Attributes;
import io.presence.query.Values;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The entries by the {@linkplain Values#key key} of one attribute. A value without a key is in no posting.
 *
 * <p><b>Reading several keys.</b> An entry may go from a key that is not yet read to one that is read already, and be
 * met at neither although it had one of them all along. So a reader of several keys leaves a list, and whatever leaves a
 * posting meanwhile is first put there. Missed at two keys, the entry has left the posting of the second after the first
 * was read, hence after the list was left; and what is put there before it leaves is seen by who then misses it.
 *
 * <p><b>Threads.</b> Safe for use by any thread; changes for one entry one at a time. Readers take no lock.
 */
final class AttributeIndex<E> {

    private final AttributePath attribute;
    private final ConcurrentHashMap<Object, Object> postings = new ConcurrentHashMap<>();
    private final List<Consumer<E>> readers = new CopyOnWriteArrayList<>();

    AttributeIndex(AttributePath attribute) {
        this.attribute = attribute;
    }

    AttributePath attribute() {
        return attribute;
    }

    void enter(E entry, @Nullable Attributes state, @Nullable Attributes posted, @Nullable Attributes postedToo) {
        Object key = key(state);
        if (key != null && !key.equals(key(posted)) && !key.equals(key(postedToo))) {
            postings.compute(key, (same, posting) -> Posting.with(posting, entry));
        }
    }

    void leave(E entry, @Nullable Attributes state, @Nullable Attributes kept, @Nullable Attributes keptToo) {
        Object key = key(state);
        if (key != null && !key.equals(key(kept)) && !key.equals(key(keptToo))) {
            if (!readers.isEmpty()) {
                readers.forEach(reader -> reader.accept(entry));
            }
            postings.computeIfPresent(key, (same, posting) -> Posting.without(posting, entry));
        }
    }

    boolean isSame(Attributes state, Attributes other) {
        return Objects.equals(key(state), key(other));
    }

    private @Nullable Object key(@Nullable Attributes state) {
        return state == null ? null : Values.key(state.get(attribute));
    }

    /** All entries that have one of these keys throughout the call, each once, and perhaps others. */
    Collection<E> entries(Set<Object> keys) {
        if (keys.size() == 1) {
            return Posting.entries(postings.get(keys.iterator().next()));
        }
        Queue<E> gone = new ConcurrentLinkedQueue<>();
        Set<E> found = new HashSet<>();
        Consumer<E> reader = gone::add;
        readers.add(reader);
        try {
            for (Object key : keys) {
                found.addAll(Posting.entries(postings.get(key)));
            }
        } finally {
            readers.remove(reader);
        }
        found.addAll(gone);
        return found;
    }

    /** All entries that have the same one of these keys throughout the walk, and perhaps others. */
    Iterator<E> walk(Set<Object> keys) {
        Iterator<Object> remaining = keys.iterator();
        return new Chain<>(() -> remaining.hasNext()
                ? Posting.<E>entries(postings.get(remaining.next())).iterator()
                : null);
    }

    long size(Set<Object> keys) {
        long size = 0;
        for (Object key : keys) {
            size += Posting.size(postings.get(key));
        }
        return size;
    }

    long size() {
        return size(postings.keySet());
    }
}

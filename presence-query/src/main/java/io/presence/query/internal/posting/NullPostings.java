package io.presence.query.internal.posting;

import io.presence.query.internal.slots.Slots;
import io.presence.query.internal.slots.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The queries of which a record must have null in a slot. Such slots have to be gone through, for a record fills only the
 * others.
 *
 * <p><b>Cost.</b> Adding and removing take constant time, finding one look at each slot that something is filed by here.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <Q> the type of queries
 */
public final class NullPostings<Q> {
    private final Map<Integer, OfSlot<Q>> bySlot = new HashMap<>();
    private final List<OfSlot<Q>> list = new ArrayList<>();

    private static final class OfSlot<Q> extends Posting<Q> {
        private final int slot;
        private int index;

        private OfSlot(Home<Q> home, int slot) {
            super(home);
            this.slot = slot;
        }
    }

    /** Returns how many slots something is filed by. */
    public int size() {
        return list.size();
    }

    /** Returns the posting of a slot, or null. */
    public @Nullable Posting<Q> find(int slot) {
        return bySlot.get(slot);
    }

    /** Returns the posting of a slot, which is made if need be. */
    public Posting<Q> findOrAdd(int slot) {
        return bySlot.computeIfAbsent(slot, this::add);
    }

    private OfSlot<Q> add(int slot) {
        OfSlot<Q> made = new OfSlot<>(this::removed, slot);
        made.index = list.size();
        list.add(made);
        return made;
    }

    /* The last one takes the place of the one removed. */
    private void removed(Posting<Q> posting) {
        if (posting.isEmpty()) {
            OfSlot<Q> gone = (OfSlot<Q>) posting;
            bySlot.remove(gone.slot);
            OfSlot<Q> last = list.remove(list.size() - 1);
            if (last != gone) {
                list.set(gone.index, last);
                last.index = gone.index;
            }
        }
    }

    /** Visits the postings of the slots that are null. */
    public void visit(Slots slots, Posting.Visitor<? super Q> visitor) {
        for (int i = 0; i < list.size(); i++) {
            OfSlot<Q> posting = list.get(i);
            if (slots.type(posting.slot) == ValueType.NULL) {
                posting.visit(visitor);
            }
        }
    }
}

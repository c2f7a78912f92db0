package io.presence.query.internal.posting;

import io.presence.query.internal.hash.KeyedList;
import io.presence.query.internal.slots.Slots;
import io.presence.query.internal.slots.ValueType;
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
    private final KeyedList<Integer, OfSlot<Q>> bySlot = new KeyedList<>();

    private static final class OfSlot<Q> extends Posting<Q> implements KeyedList.Element<Integer> {
        private final Integer slot;

        private OfSlot(Home<Q> home, int slot) {
            super(home);
            this.slot = slot;
        }

        @Override
        public Integer key() {
            return slot;
        }
    }

    /** Returns how many slots something is filed by. */
    public int size() {
        return bySlot.size();
    }

    /** Returns the posting of a slot, or null. */
    public @Nullable Posting<Q> find(int slot) {
        return bySlot.find(slot);
    }

    /** Returns the posting of a slot, which is made if need be. */
    public Posting<Q> findOrAdd(int slot) {
        OfSlot<Q> posting = bySlot.find(slot);
        if (posting == null) {
            posting = new OfSlot<>(this::removed, slot);
            bySlot.add(posting);
        }
        return posting;
    }

    private void removed(Posting<Q> posting) {
        if (posting.isEmpty()) {
            bySlot.remove(((OfSlot<Q>) posting).slot);
        }
    }

    /** Visits the postings of the slots that are null. */
    public void visit(Slots slots, Posting.Visitor<? super Q> visitor) {
        for (int i = 0; i < bySlot.size(); i++) {
            OfSlot<Q> posting = bySlot.get(i);
            if (slots.type(posting.slot) == ValueType.NULL) {
                posting.visit(visitor);
            }
        }
    }
}

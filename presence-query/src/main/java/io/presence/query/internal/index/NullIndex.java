package io.presence.query.internal.index;

import io.presence.query.internal.ArraySizing;
import io.presence.query.internal.program.Slots;
import io.presence.query.internal.program.ValueType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The queries of which a record must have null in a slot. A visit goes through the slots of these queries, for a record fills
 * only the others.
 *
 * <p><b>Cost.</b> Adding and removing take constant time, amortized. A visit looks at each slot that something is filed by
 * here, in an array. A query that is alone in its posting is found without the posting, so that visiting n of them costs what
 * visiting one posting of n queries does.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <Q> the type of queries
 */
final class NullIndex<Q> {
    private static final int FEW = 4;

    private final SlotMap<OfSlot<Q>> bySlot = new SlotMap<>();
    /* By the rank of a posting: its slot, and its filing if it has one, else itself. */
    private int[] slotOf = new int[FEW];
    private @Nullable Object[] shown = new @Nullable Object[FEW];
    private int size;

    private static final class OfSlot<Q> extends PostingList<Q> {
        private final NullIndex<Q> all;
        private int rank;

        private OfSlot(NullIndex<Q> all, int rank) {
            super(postingList -> all.removed((OfSlot<Q>) postingList));
            this.all = all;
            this.rank = rank;
        }

        @Override
        public void add(Posting<Q> posting) {
            super.add(posting);
            all.show(this);
        }
    }

    /** Returns how many slots something is filed by. */
    int size() {
        return size;
    }

    /** Returns the posting of a slot, or null. */
    @Nullable PostingList<Q> find(int slot) {
        return bySlot.get(slot);
    }

    /** Returns the posting of a slot, which is made if need be. */
    PostingList<Q> findOrAdd(int slot) {
        OfSlot<Q> postingList = bySlot.get(slot);
        if (postingList == null) {
            postingList = new OfSlot<>(this, size);
            bySlot.put(slot, postingList);
            resize(size == shown.length ? ArraySizing.grown(size) : shown.length);
            slotOf[size++] = slot;
            show(postingList);
        }
        return postingList;
    }

    private void resize(int length) {
        if (length != shown.length) {
            slotOf = Arrays.copyOf(slotOf, length);
            shown = Arrays.copyOf(shown, length);
        }
    }

    private void show(OfSlot<Q> postingList) {
        shown[postingList.rank] = postingList.size() == 1 ? postingList.get(0) : postingList;
    }

    private void removed(OfSlot<Q> postingList) {
        if (postingList.isEmpty()) {
            remove(postingList);
        } else {
            show(postingList);
        }
    }

    /* The last one takes its place. */
    private void remove(OfSlot<Q> postingList) {
        bySlot.remove(slotOf[postingList.rank]);
        OfSlot<Q> last = postingList.rank == size - 1 ? postingList : at(size - 1);
        size--;
        last.rank = postingList.rank;
        slotOf[postingList.rank] = slotOf[size];
        shown[postingList.rank] = shown[size];
        shown[size] = null;
        resize(ArraySizing.shrunk(size, shown.length));
    }

    @SuppressWarnings("unchecked") // nothing else is put there
    private OfSlot<Q> at(int rank) {
        Object found = shown[rank] instanceof Posting<?> posting ? posting.postingList() : shown[rank];
        if (found == null) {
            throw new IndexOutOfBoundsException(rank);
        }
        return (OfSlot<Q>) found;
    }

    /** Visits the postings of the slots that are null. */
    @SuppressWarnings("unchecked") // nothing else is put there
    void visit(Slots slots, PostingList.Visitor<? super Q> visitor) {
        for (int i = 0; i < size; i++) {
            if (slots.type(slotOf[i]) == ValueType.NULL) {
                if (!(shown[i] instanceof Posting<?> posting)) {
                    at(i).visit(visitor);
                } else if (!visitor.candidate(((Posting<Q>) posting).query())) {
                    at(i).missed(1, visitor);
                }
            }
        }
    }
}

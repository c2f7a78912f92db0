package io.presence.query.internal.index;

import io.presence.query.internal.ArraySizing;
import io.presence.query.internal.program.Slots;
import io.presence.query.internal.program.ValueType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The posting lists of queries that require null in a slot. A record fills the other slots, so a visit iterates the
 * slots of these queries.
 *
 * <p><b>Cost.</b> Adding and removing take amortized constant time. A visit reads each indexed slot, in an array. A
 * query that is alone in its posting list is stored in that array too, so that n such queries cost as much as one list
 * of n queries.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <Q> the type of queries
 */
final class NullIndex<Q> {

    private static final int FEW = 4;

    private final SlotMap<OfSlot<Q>> bySlot = new SlotMap<>();
    /* For each rank of a posting list its slot, and its posting if it has exactly one, else the list itself. */
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

    /** Returns the number of indexed slots. */
    int size() {
        return size;
    }

    /** Returns the posting list of a slot, or null. */
    @Nullable PostingList<Q> find(int slot) {
        return bySlot.get(slot);
    }

    /** Returns the posting list of a slot, which is created if absent. */
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

    /* The last one takes its rank. */
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

    /** Visits the posting lists of the slots that are null. */
    @SuppressWarnings("unchecked") // nothing else is put there
    void visit(Slots slots, PostingList.Visitor<? super Q> visitor) {
        for (int i = 0; i < size; i++) {
            if (slots.type(slotOf[i]) == ValueType.NULL) {
                if (!(shown[i] instanceof Posting<?> posting)) {
                    at(i).visit(visitor);
                } else if (!visitor.candidate((Posting<Q>) posting)) {
                    at(i).missed(1, visitor);
                }
            }
        }
    }
}

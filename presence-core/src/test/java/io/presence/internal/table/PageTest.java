package io.presence.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.internal.table.Keys.Key;
import io.presence.internal.table.Keys.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One page, with hashes that select the slots where the searches start. */
class PageTest {

    private static final int SLOTS = 16;
    private static final int MAX_SAME_HASH = 8;
    private static final int MAX_DISTANCE = 1024;
    private static final int MAX_NEAR = 16;

    private final Page<Key, Value> page = page(SLOTS);
    private int keys;

    private static Page<Key, Value> page(int slots) {
        return new Page<>(Keys.table(), 0, slots);
    }

    /** A value and the hash that it is stored by. */
    record Stored(Value value, int hash) {
        Key key() {
            return value.key();
        }
    }

    /** A hash of the page of 16 slots whose search starts at a slot. Hashes of other numbers differ. */
    private static int hash(int slot, int number) {
        return number << 16 | slot << 12;
    }

    private Stored add(int hash) {
        return add(page, hash);
    }

    private Stored add(Page<Key, Value> to, int hash) {
        Value value = new Value(new Key(hash, keys++), 0);
        assertThat(to.compute(value.key(), hash, there -> value)).isSameAs(value);
        return new Stored(value, hash);
    }

    private void remove(Stored stored) {
        assertThat(page.compute(stored.key(), stored.hash(), there -> null)).isNull();
    }

    private Value find(Stored stored) {
        return page.find(stored.key(), stored.hash());
    }

    @Test
    void nextCapacity_repeated_isAQuarterAndAHalfMoreThenTheNextPowerOfTwo() {
        assertThat(page(16).nextCapacity()).isEqualTo(20);
        assertThat(page(20).nextCapacity()).isEqualTo(24);
        assertThat(page(24).nextCapacity()).isEqualTo(32);
        assertThat(page(32).nextCapacity()).isEqualTo(40);
        assertThat(page(48).nextCapacity()).isEqualTo(64);
    }

    @Test
    void find_ofValuesAroundTheLastSlot_continuesAtTheFirst() {
        Stored last = add(hash(15, 1));
        Stored first = add(hash(15, 2));

        assertThat(page.value(15)).isSameAs(last.value());
        assertThat(page.value(0)).isSameAs(first.value());
        assertThat(find(first)).isSameAs(first.value());
        assertThat(page.probable(first.hash())).isSameAs(first.value());
        assertThat(page.probable(hash(15, 3))).isNull();
        assertThat(page.find(new Key(0, -1), first.hash())).isNull();
        assertThat(page.hasValueAt(hash(15, 3))).isTrue();
        assertThat(page.hasValueAt(hash(14, 3))).isFalse();
    }

    @Test
    void compute_ofAKey_addsReplacesAndRemoves() {
        Stored stored = add(hash(3, 1));
        Value next = new Value(stored.key(), 1);
        assertThat(page.compute(stored.key(), stored.hash(), there -> {
                    assertThat(there).isSameAs(stored.value());
                    return next;
                }))
                .isSameAs(next);
        assertThat(find(stored)).isSameAs(next);
        remove(stored);

        assertThat(find(stored)).isNull();
        remove(stored);
        assertThat(page.readAhead(stored.hash())).isZero();
    }

    @Test
    void remove_beforeOtherValues_keepsItsTagUntilTheyAreRemoved() {
        Stored first = add(hash(3, 1));
        Stored second = add(hash(3, 2));
        Stored third = add(hash(3, 3));
        assertThat(page.readAhead(first.hash())).isEqualTo(first.hash() + 1);
        remove(first);
        remove(second);

        assertThat(find(third)).isSameAs(third.value());
        assertThat(page.readAhead(first.hash())).isEqualTo(first.hash());
        remove(third);
        assertThat(page.readAhead(first.hash())).isZero();
        assertThat(page.readAhead(hash(4, 0))).isZero();
    }

    @Test
    void remove_aroundTheLastSlot_clearsTheTagsBehindIt() {
        Stored last = add(hash(15, 1));
        Stored first = add(hash(15, 2));
        remove(last);
        remove(first);

        assertThat(page.readAhead(last.hash())).isZero();
        assertThat(page.readAhead(hash(0, 0))).isZero();
    }

    @Test
    void add_afterARemove_takesTheSlotOfTheRemovedValue() {
        Stored first = add(hash(3, 1));
        add(hash(3, 2));
        remove(first);
        Stored third = add(hash(3, 3));

        assertThat(page.value(3)).isSameAs(third.value());
        assertThat(page.readAhead(hash(3, 0))).isEqualTo(third.hash() + 1);
    }

    @Test
    void hasRoom_nearlyFull_leavesOneSlotInEight() {
        for (int slot = 0; slot < 13; slot++) {
            add(hash(slot, 1));
        }
        assertThat(page.hasRoom()).isTrue();
        Stored last = add(hash(13, 1));
        assertThat(page.hasRoom()).isFalse();
        assertThat(page.isSparse()).isFalse();
        remove(last);

        assertThat(page.hasRoom()).isTrue();
    }

    @Test
    void isSparse_belowThirteenOfSixteen_isTrue() {
        List<Stored> stored = new ArrayList<>();
        for (int slot = 0; slot < 13; slot++) {
            stored.add(add(hash(slot, 1)));
        }
        assertThat(page.isSparse()).isFalse();
        remove(stored.get(0));

        assertThat(page.isSparse()).isTrue();
    }

    @Test
    void add_toAnUnsplittablePage_overflows() {
        for (int slot = 0; slot < 14; slot++) {
            add(hash(slot, 1));
        }
        assertThat(page.hasRoom()).isFalse();
        page.markUnsplittable();
        assertThat(page.hasRoom()).isTrue();
        Stored more = add(hash(14, 1));

        assertThat(page.value(14)).isNull();
        assertThat(find(more)).isSameAs(more.value());
        assertThat(page.overflowValues()).containsExactly(more.value());
    }

    @Test
    void add_beyondTheValuesOfOneHash_overflows() {
        for (int i = 0; i < MAX_SAME_HASH; i++) {
            add(hash(5, 1));
        }
        assertThat(page.overflowValues()).isEmpty();
        Stored more = add(hash(5, 1));

        assertThat(page.overflowValues()).containsExactly(more.value());
        assertThat(find(more)).isSameAs(more.value());
        Stored other = add(hash(5, 2));
        assertThat(page.overflowValues()).containsExactly(more.value());
        assertThat(find(other)).isSameAs(other.value());
        Value next = new Value(more.key(), 1);
        assertThat(page.compute(more.key(), more.hash(), there -> next)).isSameAs(next);
        assertThat(page.overflowValues()).containsExactly(next);
        remove(more);
        assertThat(page.overflowValues()).isEmpty();
    }

    @Test
    void add_beyondTheLengthOfASearch_overflows() {
        Page<Key, Value> large = page(2 * MAX_DISTANCE);
        for (int i = 0; i < MAX_DISTANCE; i++) {
            add(large, (i + 1) << 16);
        }
        assertThat(large.overflowValues()).isEmpty();
        Stored more = add(large, (MAX_DISTANCE + 1) << 16);

        assertThat(large.overflowValues()).containsExactly(more.value());
        assertThat(large.find(more.key(), more.hash())).isSameAs(more.value());
    }

    @Test
    void removeNear_withinItsSlots_removesByIdentity() {
        Page<Key, Value> large = page(64);
        List<Stored> stored = new ArrayList<>();
        for (int i = 0; i <= MAX_NEAR; i++) {
            stored.add(add(large, (i + 1) << 16));
        }
        Stored last = stored.get(MAX_NEAR);
        Stored near = stored.get(MAX_NEAR - 1);

        assertThat(large.removeNear(last.hash(), last.value())).isFalse();
        assertThat(large.find(last.key(), last.hash())).isSameAs(last.value());
        assertThat(large.removeNear(near.hash(), new Value(near.key(), 0))).isFalse();
        assertThat(large.removeNear(near.hash(), near.value())).isTrue();
        assertThat(large.find(near.key(), near.hash())).isNull();
        assertThat(large.removeNear(near.hash(), near.value())).isFalse();
    }

    @Test
    void removeNear_ofAllValues_clearsTheTagsOfMoreThanAnEighth() {
        Stored one = add(hash(1, 1));
        Stored two = add(hash(2, 1));
        page.removeNear(one.hash(), one.value());
        page.removeNear(two.hash(), two.value());
        assertThat(page.readAhead(one.hash())).isEqualTo(one.hash());
        Stored three = add(hash(3, 1));
        page.removeNear(three.hash(), three.value());

        for (int slot = 0; slot < SLOTS; slot++) {
            assertThat(page.readAhead(hash(slot, 0))).isZero();
        }
        for (int slot = 0; slot < 13; slot++) {
            add(hash(slot, 2));
        }
        assertThat(page.hasRoom()).isTrue();
        assertThat(page.isSparse()).isFalse();
    }

    @Test
    void exchange_ofAValue_isByIdentity() {
        Stored stored = add(hash(3, 1));
        Value next = new Value(stored.key(), 1);
        assertThat(page.exchange(stored.key(), stored.hash(), next, next)).isFalse();
        assertThat(page.exchange(stored.key(), stored.hash(), stored.value(), next))
                .isTrue();
        assertThat(find(stored)).isSameAs(next);
        assertThat(page.exchange(stored.key(), stored.hash(), next, null)).isTrue();

        assertThat(find(stored)).isNull();
        assertThat(page.exchange(stored.key(), stored.hash(), next, null)).isFalse();
    }

    @Test
    void exchange_inTheFirstSlot_isLikeInAnother() {
        Stored stored = add(hash(0, 1));
        assertThat(page.exchange(stored.key(), stored.hash(), stored.value(), null))
                .isTrue();

        assertThat(find(stored)).isNull();
    }

    @Test
    void exchange_ofAnOverflowingValue_isByIdentity() {
        for (int i = 0; i < MAX_SAME_HASH; i++) {
            add(hash(5, 1));
        }
        Stored more = add(hash(5, 1));
        Value next = new Value(more.key(), 1);
        assertThat(page.exchange(more.key(), more.hash(), next, next)).isFalse();
        assertThat(page.exchange(more.key(), more.hash(), more.value(), next)).isTrue();
        assertThat(page.overflowValues()).containsExactly(next);

        assertThat(page.exchange(more.key(), more.hash(), next, null)).isTrue();
        assertThat(page.overflowValues()).isEmpty();
        assertThat(page.exchange(more.key(), more.hash(), next, null)).isFalse();
    }
}

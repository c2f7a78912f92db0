package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Values;
import io.presence.query.fixture.RandomCases;
import io.presence.query.fixture.Seed;
import io.presence.query.internal.Texts;
import io.presence.query.internal.index.ValueTable.Part;
import io.presence.query.internal.program.Slots;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ValueTableTest {

    private static final int SLOTS = 3;
    private static final Part[] PARTS = Part.values();
    private static final String[] ALPHABET = {"", "a", "b", "\ud83d\ude00", "\ud83d", "\ude00", "\0", "\uffff", "ab"};

    private record Key(Part part, int slot, Object key) {}

    private final SplittableRandom random = Seed.random();
    private final RandomCases cases = new RandomCases(Seed.SEED);
    private final ValueTable<Entry> table = new ValueTable<>(new KeyHash(Seed.SEED), this::removed);
    private final Map<Key, Integer> expected = new HashMap<>();
    private final List<Entry> slotIndex = new ArrayList<>();
    private final Map<Entry, Key> keys = new HashMap<>();
    private int list;

    private void removed(PostingList<Entry> postingList) {
        if (postingList.isEmpty()) {
            table.remove(postingList);
        }
    }

    @Test
    void find_anyValue_agreesWithAHashMap() {
        int found = 0;
        for (int i = 0; i < 60_000; i++) {
            if (slotIndex.size() < 40 || random.nextInt(2) == 0 && slotIndex.size() < 400) {
                add(new Key(part(), random.nextInt(SLOTS), key()));
            } else {
                removeOne();
            }
            found += assertFoundBySlot();
        }

        assertThat(found).isGreaterThan(10_000);
        while (!slotIndex.isEmpty()) {
            removeOne();
        }
        assertThat(table.size()).isZero();
    }

    private void add(Key key) {
        Entry entry = new Entry(slotIndex.size());
        PostingList<Entry> postingList = table.findOrAdd(key.part(), key.slot(), key.key());
        postingList.add(entry);
        slotIndex.add(entry);
        keys.put(entry, key);
        expected.merge(key, 1, Integer::sum);
        assertThat(table.size()).isEqualTo(expected.size());
        assertThat(table.find(key.part(), key.slot(), key.key())).isSameAs(postingList);
        assertThat(table.keyOf(postingList)).isEqualTo(key.key());
        assertThat(table.slotOf(postingList)).isEqualTo(key.slot());
        assertThat(table.partOf(postingList)).isEqualTo(key.part());
    }

    private void removeOne() {
        Entry gone = slotIndex.set(random.nextInt(slotIndex.size()), slotIndex.get(slotIndex.size() - 1));
        slotIndex.remove(slotIndex.size() - 1);
        gone.postingList().remove(gone);
        expected.computeIfPresent(keys.remove(gone), (key, count) -> count == 1 ? null : count - 1);
    }

    /** A value of a record finds the posting list of its key, whatever its class. */
    private int assertFoundBySlot() {
        Object value = cases.valueOfRecord();
        int slot = random.nextInt(SLOTS);
        Slots slots = new Slots();
        slots.replace(slot, value);
        Object key = Values.key(value);
        assertThat(ValueTable.isKey(slots.type(slot))).isEqualTo(key != null);
        if (key == null) {
            return 0;
        }
        int size = expected.getOrDefault(new Key(Part.VALUE, slot, key), 0);
        PostingList<Entry> postingList = table.find(slot, slots);
        assertThat(postingList == null ? 0 : postingList.size()).as("%s", value).isEqualTo(size);
        int other = random.nextInt(SLOTS);
        int elements = expected.getOrDefault(new Key(Part.ELEMENT, other, key), 0);
        assertElementsOnce(other, slots, slot, elements);
        return size + elements > 0 ? 1 : 0;
    }

    private void assertElementsOnce(int slot, Slots slots, int from, int size) {
        Seen seen = new Seen();
        list++;
        table.visitElement(Part.ELEMENT, slot, slots, from, list, seen);
        table.visitElement(Part.ELEMENT, slot, slots, from, list, seen);
        assertThat(seen.ids()).hasSize(size);
    }

    private Part part() {
        return PARTS[random.nextInt(2)];
    }

    private Object key() {
        Object key = Values.key(cases.valueOfRecord());
        return key == null ? key() : key;
    }

    /** With a suffix compared char by char, so that it can begin within a code point, this fails. */
    @ParameterizedTest
    @EnumSource(names = {"PREFIX", "SUFFIX"})
    void visitAffixes_anyStrings_agreesWithAScan(Part part) {
        for (int round = 0; round < 200; round++) {
            PrefixLengths lengths = new PrefixLengths();
            TreeSet<String> affixes = new TreeSet<>();
            for (int i = random.nextInt(40); i > 0; i--) {
                index(part, text(3), affixes, lengths);
            }
            for (int i = 0; i < 50; i++) {
                assertAffixes(part, text(6), affixes, lengths);
            }
            while (!slotIndex.isEmpty()) {
                removeOne();
            }
        }
    }

    private void index(Part part, String affix, TreeSet<String> affixes, PrefixLengths lengths) {
        if (affixes.add(affix)) {
            lengths.count(affix.length(), 1);
            add(new Key(part, 1, affix));
            add(new Key(Part.VALUE, 1, affix));
            add(new Key(part, 0, affix));
            add(new Key(part == Part.PREFIX ? Part.SUFFIX : Part.PREFIX, 1, affix));
        }
    }

    private void assertAffixes(Part part, String text, TreeSet<String> affixes, PrefixLengths lengths) {
        Seen seen = new Seen();
        if (part == Part.PREFIX) {
            table.visitPrefixes(1, text, lengths, seen);
        } else {
            table.visitSuffixes(1, text, lengths, seen);
        }

        List<String> found = slotIndex.stream()
                .filter(entry -> seen.ids().contains(entry.id()))
                .map(entry -> (String) keys.get(entry).key())
                .sorted()
                .toList();
        assertThat(found)
                .containsExactlyElementsOf(affixes.stream()
                        .filter(affix ->
                                part == Part.PREFIX ? Texts.startsWith(text, affix) : Texts.endsWith(text, affix))
                        .toList());
    }

    private String text(int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(ALPHABET[random.nextInt(ALPHABET.length)]);
        }
        return text.toString();
    }
}

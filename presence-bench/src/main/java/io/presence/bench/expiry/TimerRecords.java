package io.presence.bench.expiry;

import io.presence.bench.expiry.peer.Timers.TimerRecord;
import io.presence.bench.workload.People;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Those whom the timers are about, by number, and the orders in which they come. */
final class TimerRecords {
    private static final long SEED = 5;

    private TimerRecords() {}

    /** What the first of them say; each a new object of new texts, in memory by number. */
    static List<TimerRecord> all(int count) {
        return of(inMemoryOrder(count));
    }

    /** The same of some of them, in memory as they are named. Their hashes are known, as one look-up would leave them. */
    static List<TimerRecord> of(int[] numbers) {
        List<TimerRecord> made = new ArrayList<>(numbers.length);
        int hashes = 0;
        for (int number : numbers) {
            TimerRecord record = new TimerRecord(People.id(number), People.userId(number), "online");
            hashes |= record.id().hashCode() | record.userId().hashCode();
            made.add(record);
        }
        if (hashes == 0 && !made.isEmpty()) {
            throw new IllegalStateException(
                    "ids must have hashes: " + made.get(0).id());
        }
        return made;
    }

    /** The numbers in the order in which memory holds what they are of. */
    static int[] inMemoryOrder(int count) {
        return IntStream.range(0, count).toArray();
    }

    /** The numbers in random order. */
    static int[] shuffled(int count) {
        return People.shuffled(count, SEED);
    }
}

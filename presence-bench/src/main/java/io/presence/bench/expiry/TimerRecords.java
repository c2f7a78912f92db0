package io.presence.bench.expiry;

import io.presence.bench.expiry.peer.Timers.TimerRecord;
import io.presence.bench.workload.People;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The records of the timers, by number, and the orders in which they are used. */
final class TimerRecords {

    private static final long SEED = 5;

    private TimerRecords() {}

    /** Returns the first records. Each is a new object with new strings, in memory in the order of the numbers. */
    static List<TimerRecord> all(int count) {
        return of(inMemoryOrder(count));
    }

    /**
     * Returns new records in memory in the given order. Their strings have cached hash codes, as one look-up would
     * leave them.
     */
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
                    "ids must have cached hash codes: " + made.get(0).id());
        }
        return made;
    }

    /** Returns the numbers in the order of the records in memory. */
    static int[] inMemoryOrder(int count) {
        return IntStream.range(0, count).toArray();
    }

    /** Returns the numbers in random order. */
    static int[] shuffled(int count) {
        return People.shuffled(count, SEED);
    }
}

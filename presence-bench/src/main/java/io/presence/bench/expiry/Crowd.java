package io.presence.bench.expiry;

import io.presence.bench.expiry.peer.Timers.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Those whom the timers are about, by number, and the orders in which they come. */
final class Crowd {
    private static final long SEED = 5;

    private Crowd() {}

    /** What the first of them say; each a new object of new texts, in memory by number. */
    static List<Plain> all(int count) {
        return of(IntStream.range(0, count).toArray());
    }

    /** The same of some of them, in memory as they are named. Their hashes are known, as one look-up would leave them. */
    static List<Plain> of(int[] numbers) {
        List<Plain> made = new ArrayList<>(numbers.length);
        for (int number : numbers) {
            Plain plain = new Plain(Trials.id(number), "user-" + number, "online");
            if (plain.id().hashCode() == 0) {
                throw new IllegalStateException("id must have a hash that is kept: " + plain.id());
            }
            made.add(plain);
        }
        return made;
    }

    /** The numbers in the order in which memory holds what they are of. */
    static int[] inMemoryOrder(int count) {
        return IntStream.range(0, count).toArray();
    }

    /** The numbers in random order. */
    static int[] shuffled(int count) {
        int[] numbers = inMemoryOrder(count);
        Random random = new Random(SEED);
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = numbers[i];
            numbers[i] = numbers[other];
            numbers[other] = kept;
        }
        return numbers;
    }
}

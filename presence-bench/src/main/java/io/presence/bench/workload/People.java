package io.presence.bench.workload;

import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The ids and metadata of users, by number. Each string is a new object, as if it had just arrived. */
public final class People {

    private static final int IDS_PER_DOCUMENT = 10;
    private static final long WIDTH = 1000;

    private People() {}

    /** Returns a presence id of 16 characters in no order. */
    public static String id(int number) {
        return HexFormat.of().toHexDigits(scattered(number));
    }

    /** Returns the id of the user. */
    public static String userId(int number) {
        return HexFormat.of().toHexDigits(scattered(~number));
    }

    /** Returns the metadata of a user at a position in a document. */
    public static Map<String, Object> metadata(int number) {
        return Map.of("documentId", "d" + number / IDS_PER_DOCUMENT, "x", number % WIDTH, "y", number / WIDTH % WIDTH);
    }

    /** Returns the numbers from 0 in random order. */
    public static int[] shuffled(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] numbers = IntStream.range(0, count).toArray();
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = numbers[i];
            numbers[i] = numbers[other];
            numbers[other] = kept;
        }
        return numbers;
    }

    /* The finalizer of SplitMix64, which maps different numbers to different ones. */
    private static long scattered(long number) {
        long z = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}

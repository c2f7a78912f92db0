package io.presence.bench.workload;

import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Who is there, by number: ids and metadata. Every text is a new object, as if it had just arrived. */
public final class People {
    private static final int IDS_PER_DOCUMENT = 10;
    private static final long WIDTH = 1000;

    private People() {}

    /** Returns the id of a presence, 16 characters in no order. */
    public static String id(int number) {
        return HexFormat.of().toHexDigits(scattered(number));
    }

    /** Returns the id of its owner. */
    public static String userId(int number) {
        return HexFormat.of().toHexDigits(scattered(~number));
    }

    /** Returns what somebody says who is at a place in a document. */
    public static Map<String, Object> metadata(int number) {
        return Map.of("documentId", "d" + number / IDS_PER_DOCUMENT, "x", number % WIDTH, "y", number / WIDTH % WIDTH);
    }

    /** Returns the numbers from 0 on in random order. */
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

    /* The finalizer of SplitMix64: different numbers stay different. */
    private static long scattered(long number) {
        long z = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}

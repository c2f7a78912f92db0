package io.presence.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A seeded source of inputs that are nearly valid. An input is a valid text that is spoiled up to four times. Bytes are
 * texts in ISO 8859-1.
 */
public final class Mutator {

    private static final int MAX_TIMES = 3000;

    private final SplittableRandom random;
    private final List<String> valid;
    private final List<String> words;
    private final int bits;

    private Mutator(long seed, int bits, List<String> valid, List<String> words) {
        this.random = new SplittableRandom(seed);
        this.bits = bits;
        this.valid = valid;
        this.words = words;
    }

    /**
     * Creates a source of texts.
     *
     * @param valid the valid texts
     * @param words parts of the grammar and values at its limits, which are inserted
     */
    public static Mutator ofTexts(long seed, List<String> valid, List<String> words) {
        return new Mutator(seed, 16, valid, words);
    }

    /** Creates a source of bytes. */
    public static Mutator ofBytes(long seed, List<byte[]> valid) {
        List<String> numbers = List.of("\0", "\u007f", "\u0080", "\u00ff", "\u00ff".repeat(9) + "\1", "\0".repeat(8));
        return new Mutator(seed, 8, valid.stream().map(Mutator::text).toList(), numbers);
    }

    /** Returns the text that represents bytes. */
    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Returns the bytes that a text represents. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Returns the next input. One of eight is valid. */
    public String next() {
        String text = pick(valid);
        for (int times = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(4); times > 0; times--) {
            text = spoiled(text);
        }
        return text;
    }

    private String spoiled(String text) {
        int from = random.nextInt(text.length() + 1);
        int to = from + random.nextInt(Math.min(text.length() - from, 12) + 1);
        String before = text.substring(0, from);
        String middle = text.substring(from, to);
        String after = text.substring(to);
        return switch (random.nextInt(12)) {
            case 0 -> before;
            case 1 -> before + after;
            case 2 -> before + middle + middle + after;
            case 3 -> before + garbage(1 + random.nextInt(4)) + after;
            case 4, 5 -> before + flipped(middle) + after;
            case 6 -> before + pick(words) + middle + after;
            case 7, 8 -> before + pick(words) + after;
            case 9 -> before + repeated() + after;
            case 10 -> after + middle + before;
            default -> spliced(text);
        };
    }

    /* The beginning of one valid text, and the end of another one. */
    private String spliced(String text) {
        String other = pick(valid);
        return text.substring(0, random.nextInt(text.length() + 1))
                + other.substring(random.nextInt(other.length() + 1));
    }

    private String repeated() {
        String unit = random.nextInt(2) == 0 ? pick(words) : garbage(1);
        int most = random.nextInt(4) == 0 ? MAX_TIMES : 200;
        return unit.repeat(Math.min(random.nextInt(most), 20_000 / Math.max(1, unit.length())));
    }

    private String flipped(String text) {
        StringBuilder flipped = new StringBuilder(text);
        for (int i = 0; i < flipped.length(); i++) {
            if (random.nextInt(3) == 0) {
                flipped.setCharAt(i, (char)
                        (flipped.charAt(i) ^ 1 << random.nextInt(random.nextInt(8) == 0 ? bits : 8)));
            }
        }
        return flipped.toString();
    }

    private String garbage(int length) {
        StringBuilder garbage = new StringBuilder();
        for (int i = 0; i < length; i++) {
            garbage.append((char) random.nextInt(random.nextInt(4) == 0 ? 1 << bits : 128));
        }
        return garbage.toString();
    }

    /** Returns one of several choices. */
    public <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Returns a number of at least 0 and less than a bound. */
    public int below(int bound) {
        return random.nextInt(bound);
    }
}

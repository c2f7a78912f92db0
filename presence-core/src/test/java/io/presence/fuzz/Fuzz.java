package io.presence.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.fixture.Allocations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/**
 * Runs a check with the inputs that were found once, then with a new input for each seed.
 *
 * <p>{@code -Dfuzz.iterations} is the number of seeds, {@code -Dfuzz.seed} the first one: that of a failure, to see it
 * again. A failure names the seed and the shrunk input. That input is a line for {@code src/test/resources/fuzz}.
 */
public final class Fuzz {

    private static final Path CORPUS = Path.of("src/test/resources/fuzz");
    private static final long SEED = Long.getLong("fuzz.seed", 0);
    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long FIXED_BYTES = 256L << 20;
    private static final long BYTES_PER_CHARACTER = 2000;
    private static final int SHRINKS = 2000;

    private final String name;
    private final Predicate<String> check;

    private Fuzz(String name, Predicate<String> check) {
        this.name = name;
        this.check = check;
    }

    /** The numbers of inputs that were accepted and refused. */
    public record Outcome(long accepted, long refused) {

        /** Inputs that are all refused, or all accepted, would test only half. */
        public void assertBoth() {
            assertThat(accepted).as("accepted of %s", this).isGreaterThanOrEqualTo((accepted + refused) / 20);
            assertThat(refused).as("refused of %s", this).isGreaterThanOrEqualTo((accepted + refused) / 20);
        }
    }

    /**
     * Runs a check.
     *
     * @param name the name of the file of inputs that were found once
     * @param iterations the number of seeds unless the property is set
     * @param check returns whether an input was accepted, and throws if that is wrong
     */
    public static Outcome run(String name, long iterations, LongFunction<String> input, Predicate<String> check) {
        Fuzz fuzz = new Fuzz(name, check);
        fuzz.replay();
        long count = Long.getLong("fuzz.iterations", iterations);
        long accepted = 0;
        for (long seed = SEED; seed < SEED + count; seed++) {
            accepted += fuzz.isAccepted("seed " + seed, input.apply(seed)) ? 1 : 0;
        }
        return new Outcome(accepted, count - accepted);
    }

    private void replay() {
        Path file = CORPUS.resolve(name + ".txt");
        try {
            for (String line : Files.readAllLines(file)) {
                if (!line.startsWith("#")) {
                    isAccepted(file.toString(), unescaped(line));
                }
            }
        } catch (IOException e) {
            throw new AssertionError("corpus must be readable: " + file, e);
        }
    }

    private boolean isAccepted(String source, String input) {
        try {
            return isAccepted(input);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(name + ", " + source + ": " + escaped(shrunk(input, e.getClass())), e);
        }
    }

    private boolean isAccepted(String input) {
        boolean[] isAccepted = {false};
        long before = System.nanoTime();
        long allocated = Allocations.allocatedOnce(() -> isAccepted[0] = check.test(input));
        if (System.nanoTime() - before > MAX_NANOS) {
            throw new AssertionError("an input must take at most 10 s");
        }
        if (allocated > FIXED_BYTES + BYTES_PER_CHARACTER * input.length()) {
            throw new AssertionError("an input must not allocate " + allocated + " bytes");
        }
        return isAccepted[0];
    }

    /* Leaves out parts, half of the input at first, as long as it fails in the same way. If any input now fails, the
     * failure is of the state, and nothing is left out. */
    private String shrunk(String input, Class<?> failure) {
        if (failureOf("") != null) {
            return input;
        }
        String least = input;
        int tries = 0;
        for (int part = Math.max(1, input.length() / 2); part > 0; part /= 2) {
            for (int from = 0; from + part <= least.length() && tries++ < SHRINKS; ) {
                String shorter = least.substring(0, from) + least.substring(from + part);
                if (failure.isInstance(failureOf(shorter))) {
                    least = shorter;
                } else {
                    from += part;
                }
            }
        }
        return least;
    }

    private Throwable failureOf(String input) {
        try {
            isAccepted(input);
            return null;
        } catch (RuntimeException | Error e) {
            return e;
        }
    }

    /** Returns a text with an escape for each character that is no printable ASCII. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars()
                .forEach(c -> escaped.append(
                        c >= ' ' && c < 0x7f && c != '\\' && c != '#' ? "" + (char) c : String.format("\\u%04x", c)));
        return escaped.toString();
    }

    private static String unescaped(String line) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            boolean isEscape = line.startsWith("\\u", i);
            text.append(isEscape ? (char) Integer.parseInt(line.substring(i + 2, i + 6), 16) : line.charAt(i));
            i += isEscape ? 5 : 0;
        }
        return text.toString();
    }
}

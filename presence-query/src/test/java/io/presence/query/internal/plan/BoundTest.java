package io.presence.query.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Values;
import io.presence.query.fixture.Seed;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BoundTest {

    private static final String[] ALPHABET = {"a", "b", "\0", "\ud83d\ude00", "\ud83d", "\ude00", "\uff61", "\uffff"};
    private static final double[] NUMBERS = {
        Double.NEGATIVE_INFINITY,
        -Double.MAX_VALUE,
        -1,
        -Double.MIN_NORMAL,
        -Double.MIN_VALUE,
        0.0,
        Double.MIN_VALUE,
        Double.MIN_NORMAL,
        1,
        Math.nextUp(1.0),
        Double.MAX_VALUE,
        Double.POSITIVE_INFINITY
    };

    private final SplittableRandom random = Seed.random();

    @Test
    void ofNumber_isOrderedAsNumbersAre_andKeepsThem() {
        for (int i = 0; i < 20_000; i++) {
            double a = number();
            double b = number();

            assertThat(Integer.signum(Bound.ofNumber(a).compareTo(Bound.ofNumber(b))))
                    .as("%s and %s", a, b)
                    .isEqualTo(a < b ? -1 : a > b ? 1 : 0);
            assertThat(Bound.ofNumber(a).number()).isEqualTo(a);
            assertWithin(Bound.ofNumber(a));
        }
    }

    private double number() {
        double bits = Double.longBitsToDouble(random.nextLong());
        boolean chosen = random.nextInt(3) == 0 || Double.isNaN(bits) || bits == 0;
        return chosen ? NUMBERS[random.nextInt(NUMBERS.length)] : bits;
    }

    @Test
    void ofText_ofAnyTwo_isOrderedAsTheStrings() {
        int alike = 0;
        for (int i = 0; i < 50_000; i++) {
            String a = text();
            String b = text();
            int order = Values.compareStrings(a, b);

            assertThat(Integer.signum(Bound.ofText(a).compareTo(Bound.ofText(b))))
                    .as("%s and %s", a, b)
                    .isEqualTo(Integer.signum(order));
            if (order < 0) {
                assertThat(Bound.word(a)).isLessThanOrEqualTo(Bound.word(b));
            }
            assertWithin(Bound.ofText(a));
            alike += order != 0 && Bound.word(a) == Bound.word(b) ? 1 : 0;
        }

        assertThat(alike).as("strings that differ only after the word").isGreaterThan(100);
    }

    private String text() {
        StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "aba" : "");
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(ALPHABET[random.nextInt(ALPHABET.length)]);
        }
        return text.toString();
    }

    private static void assertWithin(Bound bound) {
        assertThat(Bound.LOWEST).isLessThan(bound);
        assertThat(Bound.HIGHEST).isGreaterThan(bound);
    }
}

package io.presence.query.internal.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.query.Values;
import io.presence.query.fixture.RandomCases;
import io.presence.query.fixture.Seed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SlotsTest {

    private static final double[] EDGES = {
        0.0, -0.0, 1, 0.5, 0x1p53, 0x1p53 + 2, 0x1p62, 0x1p63, -0x1p63, -0x1p63 - 2048, 0x1p64, Double.MIN_VALUE
    };

    private final SplittableRandom random = Seed.random();
    private final Slots slots = new Slots();

    @Test
    void fill_numbers_oneFormForEachNumberWhateverHoldsIt() {
        for (int i = 0; i < 8_000; i++) {
            Number number = number();
            for (Number same : holders(number)) {
                slots.clear(1);
                slots.fill(0, same);
                assertForm(same);
            }
        }
    }

    private Number number() {
        return switch (random.nextInt(4)) {
            case 0 -> EDGES[random.nextInt(EDGES.length)];
            case 1 -> random.nextLong() >> random.nextInt(64);
            case 2 -> Math.scalb(random.nextDouble() - 0.5, random.nextInt(-70, 80));
            default -> (float) random.nextInt();
        };
    }

    /** The same number in every class that can hold it. */
    private static List<Number> holders(Number number) {
        BigDecimal exact =
                number instanceof Long ? new BigDecimal(number.longValue()) : new BigDecimal(number.doubleValue());
        List<Number> holders = new ArrayList<>(List.of(number, exact, exact.setScale(exact.scale() + 3)));
        for (Number other : List.of(
                exact.toBigInteger(),
                exact.longValue(),
                exact.intValue(),
                exact.shortValue(),
                exact.byteValue(),
                exact.doubleValue(),
                exact.floatValue())) {
            boolean finite = Double.isFinite(other.doubleValue());
            if (finite && new BigDecimal(other.toString()).compareTo(exact) == 0) {
                holders.add(other);
            }
        }
        return holders;
    }

    private void assertForm(Number number) {
        Object key = Values.key(number);
        byte type = slots.type(0);
        assertThat(ValueType.isNumber(type)).isTrue();
        if (key instanceof Long whole) {
            assertThat(type).as("%s %s", number.getClass(), number).isEqualTo(ValueType.LONG);
            assertThat(slots.word(0)).isEqualTo(whole);
        } else if (key instanceof Double value) {
            assertThat(type).as("%s %s", number.getClass(), number).isEqualTo(ValueType.DOUBLE);
            assertThat(slots.word(0)).isEqualTo(Double.doubleToRawLongBits(value));
        } else {
            assertThat(type).isEqualTo(ValueType.BIG);
            assertThat(slots.object(0)).isEqualTo(key);
        }
    }

    @Test
    void fill_anyValue_hasTheTypeOfItsClass() {
        assertType(true, ValueType.BOOLEAN);
        assertType(Double.NaN, ValueType.NAN);
        assertType(Float.NaN, ValueType.NAN);
        assertType(Double.POSITIVE_INFINITY, ValueType.DOUBLE);
        assertType(new BigInteger("9223372036854775809"), ValueType.BIG);
        assertType("", ValueType.STRING);
        assertType(Instant.MIN, ValueType.INSTANT);
        assertType(List.of(), ValueType.LIST);
        assertType(Map.of(), ValueType.MAP);
        assertType('a', ValueType.OTHER);
        assertType(new AtomicInteger(7), ValueType.OTHER);
        assertType(null, ValueType.NULL);
    }

    private void assertType(Object value, byte type) {
        slots.clear(1);
        slots.fill(0, value);
        assertThat(slots.type(0)).isEqualTo(type);
        assertThat(ValueType.of(value)).isEqualTo(type);
        assertThat(slots.filledCount()).isEqualTo(value == null ? 0 : 1);
    }

    @Test
    void fillMillis_ofAnInstant_isTheInstant() {
        for (long millis : new long[] {0, 1, -1, 999, -1_000, -1_001, Long.MAX_VALUE, Long.MIN_VALUE}) {
            slots.clear(1);
            slots.fillMillis(0, millis);
            Instant same = Instant.ofEpochMilli(millis);
            assertThat(slots.compareInstant(0, same)).isZero();
            assertThat(slots.compareInstant(0, same.plusNanos(1))).isNegative();
            assertThat(slots.compareInstant(0, same.minusNanos(1))).isPositive();
            assertThat(slots.nanos(0)).isEqualTo(same.getNano());
        }
    }

    @Test
    void truncate_atASlot_clearsTheSlotsFromThere() {
        for (int size : new int[] {100, 7, 1_000, 40, 39, 0, 9}) {
            slots.truncate(size);
            slots.clear(size);
            for (int slot = 0; slot < size; slot++) {
                assertThat(slots.type(slot)).isEqualTo(ValueType.NULL);
                assertThat(slots.objectOrNull(slot)).isNull();
                if (slot % 2 == 0) {
                    slots.fill(slot, "of a record");
                }
            }
            if (size > 1) {
                slots.replace(size - 1, null);
                slots.replace(size - 1, "of an element");
                assertThat(slots.object(size - 1)).isEqualTo("of an element");
            }
            assertThat(slots.filledCount()).isEqualTo((size + 1) / 2);
        }
    }

    @Test
    void clear_afterUse_clearsAndFreesAllSlots() {
        RandomCases cases = new RandomCases(Seed.SEED);
        for (int size = 1; size < 200; size++) {
            slots.clear(size);
            for (int slot = 0; slot < size; slot++) {
                assertThat(slots.type(slot)).isEqualTo(ValueType.NULL);
                int at = slot;
                assertThatThrownBy(() -> slots.object(at)).isInstanceOf(IllegalStateException.class);
                slots.fill(slot, cases.valueOfRecord());
            }
        }
    }

    @Test
    void clear_afterATimestampInMillis_clearsItsSlot() {
        slots.clear(2);
        slots.fillMillis(0, 1);
        slots.fillMillis(1, 2);
        assertThat(slots.filledCount()).isEqualTo(2);
        slots.clear(2);

        assertThat(List.of(slots.type(0), slots.type(1))).containsOnly(ValueType.NULL);
    }

    static Stream<Number> largeNumbers() {
        BigInteger large = BigInteger.TWO.pow(200).add(BigInteger.ONE);
        return Stream.of(new BigDecimal("1.50E+300"), new BigDecimal(large.multiply(BigInteger.TEN)), large);
    }

    @ParameterizedTest
    @MethodSource("largeNumbers")
    void key_aLargeNumber_isComputedOncePerRecord(Number number) {
        Object key = slots.key(number);

        assertThat(key).isEqualTo(Values.key(number));
        assertThat(slots.key(number)).isSameAs(key);
        slots.clear(1);
        assertThat(slots.key(number)).isEqualTo(key).isNotSameAs(key);
    }

    @Test
    void scratch_aNumberOfBits_isTheSameArrayOfZerosWhileItHasRoom() {
        long[] two = slots.scratch(65);
        assertThat(two).containsExactly(0, 0);
        Arrays.fill(two, -1);

        assertThat(slots.scratch(64)).isSameAs(two).containsExactly(0, -1);
        assertThat(slots.scratch(128)).isSameAs(two).containsExactly(0, 0);
        assertThat(slots.scratch(129)).containsExactly(0, 0, 0);
    }
}

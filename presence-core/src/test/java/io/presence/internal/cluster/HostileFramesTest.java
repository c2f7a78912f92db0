package io.presence.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.PresenceUpsert;
import io.presence.fixture.Allocations;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames whose bytes are made to take memory or stack, and texts that are not UTF-8. */
class HostileFramesTest {

    private static final NodeId ORIGIN = new NodeId(1, 2);

    static Stream<Arguments> wrongBodies() {
        return Stream.of(
                Arguments.of("value of an unknown type", metadata(out -> out.putByte(99))),
                Arguments.of("short of 17 bits", metadata(out -> integer(out, FrameFormat.SHORT, 1 << 16))),
                Arguments.of("byte of 9 bits", metadata(out -> integer(out, FrameFormat.BYTE, 1 << 8))),
                Arguments.of("integer of 33 bits", metadata(out -> integer(out, FrameFormat.INTEGER, 1L << 32))),
                Arguments.of("number without digits", metadata(out -> counted(out, FrameFormat.BIG_INTEGER, 0))),
                Arguments.of("number of 2^31 bytes", metadata(out -> counted(out, FrameFormat.BIG_INTEGER, 1L << 31))),
                Arguments.of("text of 2^31 bytes", metadata(out -> counted(out, FrameFormat.TEXT, 1L << 31))),
                Arguments.of("text of 2^63 bytes", metadata(out -> counted(out, FrameFormat.TEXT, 1L << 63))),
                Arguments.of("list of 2^31 values", metadata(out -> counted(out, FrameFormat.LIST, 1L << 31))),
                Arguments.of("map of 2^31 members", metadata(out -> counted(out, FrameFormat.MAP, 1L << 31))),
                Arguments.of("lists of 100,000 levels", metadata(HostileFramesTest::manyLists)),
                Arguments.of("maps of 100,000 levels", metadata(HostileFramesTest::manyMaps)),
                Arguments.of("key that occurs twice", metadata(HostileFramesTest::oneKeyTwice)),
                Arguments.of("lists that all claim the rest", metadata(HostileFramesTest::greedyLists)),
                Arguments.of("number of 11 bytes", raw(out -> repeat(out, 0x80, 11))),
                Arguments.of("number of 71 bits", raw(out -> repeat(out, 0xFF, 10))),
                Arguments.of("too many operations", raw(out -> counts(out, 0, 1L << 31))),
                Arguments.of("operation of 2^31 bytes", raw(out -> counts(out, 0, 1, FrameFormat.PUT, 1L << 31))));
    }

    /* 200 KB of body: 64 bytes for each are 13 MB. A field of 2^31 would take 2 GB. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongBodies")
    void read_ofAHostileLength_refusesItAndAllocatesLittle(String name, byte[] frame) {
        long allocated = Allocations.allocatedOnce(
                () -> assertThatThrownBy(() -> FrameReader.read(frame)).as(name).isInstanceOf(FrameException.class));
        assertThat(allocated).isLessThan(1_000_000 + 64L * frame.length);
    }

    /* The path of each value would be 2.5 KB long. */
    @Test
    void read_ofManyValuesBelowLongKeys_allocatesInProportion() {
        Object value = Collections.nCopies(30_000, 1L);
        for (int level = 0; level < 30; level++) {
            value = Map.of("k".repeat(80), value);
        }
        PresenceUpsert upsert = PresenceUpsert.of("p", "u", "s").metadata(Map.of("k", value));
        Put put = new Put(
                new Claim(1, ORIGIN, 1), FrameArbitraries.image(upsert, new long[] {1, 1, 1, 1, 1, 1, 1}, 0), 1);
        byte[] frame = FrameWriter.write(new Frame.Delta(0, ORIGIN, 1, List.of(put)));

        assertThat(Allocations.allocatedOnce(() -> FrameReader.read(frame))).isLessThan(64L * frame.length);
    }

    @ParameterizedTest
    @MethodSource("malformedTexts")
    void read_ofAMalformedText_refusesIt(byte[] text) {
        byte[] frame = metadata(out -> {
            counted(out, FrameFormat.TEXT, text.length);
            out.putBytes(text);
        });
        assertThatThrownBy(() -> FrameReader.read(frame))
                .isInstanceOf(FrameException.class)
                .hasMessage("metadata must be UTF-8");
    }

    /* A continuation alone, none after a first byte, overlong forms, more than 0x10FFFF, bytes that never occur. */
    static Stream<byte[]> malformedTexts() {
        return Stream.of(
                bytes(0x80),
                bytes(0xC3),
                bytes(0xC3, 0x41),
                bytes(0xC0, 0x80),
                bytes(0xC1, 0xBF),
                bytes(0xE2, 0x82),
                bytes(0xE2, 0x41, 0x80),
                bytes(0xE0, 0x9F, 0xBF),
                bytes(0xF0, 0x9F, 0x98),
                bytes(0xF0, 0x8F, 0xBF, 0xBF),
                bytes(0xF4, 0x90, 0x80, 0x80),
                bytes(0xF5, 0x80, 0x80, 0x80),
                bytes(0xFF));
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        Arrays.setAll(values, i -> bytes[i] = (byte) values[i]);
        return bytes;
    }

    /** A delta with one put, whose metadata has one member; it ends with the value that is added. */
    private static byte[] metadata(Consumer<FrameBuffer> value) {
        return raw(out -> {
            counts(out, 0, 1, FrameFormat.PUT);
            FrameBuffer put = new FrameBuffer(100);
            counts(put, 0, 1, 1, 0);
            put.putText("p");
            put.putText("u");
            put.putText("s");
            counts(put, 1, 0, 0, 0, 0, 0, 0, 1);
            put.putText("k");
            value.accept(put);
            out.putVarint(put.size());
            out.putAll(put);
        });
    }

    private static byte[] raw(Consumer<FrameBuffer> body) {
        FrameBuffer out = FrameWriter.header(100, FrameFormat.DELTA, 0, ORIGIN);
        body.accept(out);
        return out.toBytes();
    }

    private static void counts(FrameBuffer out, long... numbers) {
        for (long number : numbers) {
            out.putVarint(number);
        }
    }

    private static void integer(FrameBuffer out, int tag, long value) {
        out.putByte(tag);
        out.putZigzag(value);
    }

    private static void counted(FrameBuffer out, int tag, long count) {
        out.putByte(tag);
        out.putVarint(count);
    }

    private static void repeat(FrameBuffer out, int value, int times) {
        for (int i = 0; i < times; i++) {
            out.putByte(value);
        }
    }

    private static void manyLists(FrameBuffer out) {
        for (int i = 0; i < 100_000; i++) {
            counted(out, FrameFormat.LIST, 1);
        }
        out.putByte(FrameFormat.NULL);
    }

    private static void manyMaps(FrameBuffer out) {
        for (int i = 0; i < 100_000; i++) {
            counted(out, FrameFormat.MAP, 1);
            out.putText("");
        }
        out.putByte(FrameFormat.NULL);
    }

    private static void oneKeyTwice(FrameBuffer out) {
        counted(out, FrameFormat.MAP, 2);
        for (int i = 0; i < 2; i++) {
            out.putText("a");
            out.putByte(FrameFormat.NULL);
        }
    }

    private static void greedyLists(FrameBuffer out) {
        for (int i = 0; i < 31; i++) {
            counted(out, FrameFormat.LIST, 150_000);
        }
        repeat(out, 0, 190_000);
    }
}

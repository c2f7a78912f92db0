package io.presence.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Permission;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceUpsert;
import io.presence.Role;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes of frames, which must not change within a major version, and frames of other versions. */
class FrameVersionsTest {

    private static final NodeId ORIGIN = new NodeId(0x0102030405060708L, 0x090A0B0C0D0E0F10L);
    private static final NodeId OTHER = new NodeId(0x1112131415161718L, 0x191A1B1C1D1E1F20L);
    private static final End END = new End("p", null, "u", Cause.EXPIRED, 300, 30_000);

    private static Put put(boolean isFull) {
        long[] numbers = {1_000, 2, 1_700_000_000_000L, 1_700_000_000_500L, 30_000, 1_700_000_030_500L, 60_000};
        PresenceUpsert least = PresenceUpsert.of("p", "u", "on");
        if (!isFull) {
            return new Put(new Claim(5, ORIGIN, 5), FrameArbitraries.image(least, numbers, 0), 1);
        }
        PresenceUpsert upsert = least.source("web")
                .metadata(metadata())
                .permissions(Permission.read(Role.any()), Permission.update(Role.team("t", "r")))
                .idle(Duration.ofMinutes(5), "away")
                .idle(Duration.ofHours(1).plusNanos(1), "off");
        return new Put(new Claim(5, OTHER, 4), FrameArbitraries.image(upsert, numbers, 1), 7);
    }

    private static Map<String, Object> metadata() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("values", Arrays.asList(null, false, true, -1L, 300, (short) 3, (byte) 4));
        metadata.put("exact", List.of(BigInteger.TWO.pow(64), new BigDecimal("-1.50")));
        metadata.put("real", List.of(0.5, 0.25f));
        metadata.put("text", Map.of("\u00E9\u20AC\uD83D\uDE00\uD83D", ""));
        return metadata;
    }

    static Stream<Arguments> frames() {
        return Stream.of(
                Arguments.of(
                        new Frame.Delta(0, ORIGIN, 300, List.of(put(false), END)),
                        "010001000102030405060708090a0b0c0d0e0f10"
                                + "ac020201200001050001700175026f6ee8070280a0abfef962e807e0d403b0ea01e0d403"
                                + "00020b000170017502ac02b0ea01"),
                Arguments.of(
                        new Frame.Chunk(0, ORIGIN, -2, 300, 1, true, List.of(new Copy(299, put(true)))),
                        "010004000102030405060708090a0b0c0d0e0f10"
                                + "fffffffffffffffeac02010101ab0201bd010f0705011112131415161718191a1b1c1d1e"
                                + "1f2001700175026f6e03776562e8070280a0abfef962e807e0d403b0ea01e0d403040676"
                                + "616c7565730c07000102030104d804050606080565786163740c02070901000000000000"
                                + "0000080402ff6a047265616c0c02093fe00000000000000a3e80000004746578740d010c"
                                + "c3a9e282acf09f9880eda0bd0b00020b726561642822616e792229127570646174652822"
                                + "7465616d3a742f72222902ac02000461776179901c01036f666601"),
                Arguments.of(
                        new Frame.Digest(0, ORIGIN, 300, 2, 0x0123456789ABCDEFL),
                        "010002000102030405060708090a0b0c0d0e0f10" + "ac02020123456789abcdef"),
                Arguments.of(
                        new Frame.Pull(0, ORIGIN, OTHER, 7, 299),
                        "010003000102030405060708090a0b0c0d0e0f10"
                                + "1112131415161718191a1b1c1d1e1f200000000000000007ab02"),
                Arguments.of(
                        new Frame.Bye(0, ORIGIN, 300, 5_000), "010005000102030405060708090a0b0c0d0e0f10" + "ac028827"),
                Arguments.of(
                        new Frame.Delta(
                                0,
                                ORIGIN,
                                0,
                                List.of(new End("p", new Claim(9, OTHER, 10), "u", Cause.SHUTDOWN, 0, 1))),
                        "010001000102030405060708090a0b0c0d0e0f10"
                                + "0001021a0909021112131415161718191a1b1c1d1e1f2001700175040001"));
    }

    /* A node of an earlier 1.x must read these bytes, and this version must read those of an earlier one. */
    @ParameterizedTest
    @MethodSource("frames")
    void write_ofAFrame_givesThePinnedBytes(Frame frame, String hex) {
        assertThat(HexFormat.of().formatHex(FrameWriter.write(frame))).isEqualTo(hex);
        assertThat(FrameReader.read(HexFormat.of().parseHex(hex))).isEqualTo(frame);
    }

    @ParameterizedTest
    @MethodSource("frames")
    void read_ofAFrameWithAppendedFields_skipsThem(Frame frame, String hex) {
        byte[] newer = HexFormat.of().parseHex(hex + "00ff80");
        newer[1] = 1;
        assertThat(FrameReader.read(newer)).isEqualTo(frame);
    }

    @Test
    void read_ofOperationsWithAppendedFields_skipsThem() {
        byte[] newer = delta(3, out -> {
            lengthened(out, put(true));
            lengthened(out, END);
            lengthened(out, put(false));
        });
        assertThat(FrameReader.read(newer))
                .isEqualTo(new Frame.Delta(0, ORIGIN, 10, List.of(put(true), END, put(false))));
    }

    @Test
    void read_ofUnknownOperations_givesThemTheirRevisions() {
        byte[] newer = delta(3, out -> {
            unknown(out);
            new OperationWriter(ORIGIN, out).write(END);
            unknown(out);
        });
        assertThat(FrameReader.read(newer))
                .isEqualTo(new Frame.Delta(0, ORIGIN, 10, List.of(Operation.UNKNOWN, END, Operation.UNKNOWN)));
    }

    @Test
    void read_ofAnUnknownCopy_leavesItOut() {
        FrameBuffer out = FrameWriter.header(100, FrameFormat.CHUNK, 0, ORIGIN);
        out.putLong(1);
        for (int number : new int[] {50, 0, 0, 2, 20}) {
            out.putVarint(number);
        }
        unknown(out);
        out.putVarint(21);
        new OperationWriter(ORIGIN, out).write(put(false));

        assertThat(FrameReader.read(out.toBytes()))
                .isEqualTo(new Frame.Chunk(0, ORIGIN, 1, 50, 0, false, List.of(new Copy(21, put(false)))));
    }

    @Test
    void read_ofAnEndInAChunk_refusesIt() {
        FrameBuffer out = FrameWriter.header(100, FrameFormat.CHUNK, 0, ORIGIN);
        out.putLong(1);
        for (int number : new int[] {50, 0, 0, 1, 20}) {
            out.putVarint(number);
        }
        new OperationWriter(ORIGIN, out).write(END);

        assertRefused(out.toBytes(), "copies must be puts: an end");
    }

    @Test
    void read_ofUnknownFlags_ignoresThem() {
        byte[] chunk = FrameWriter.write(new Frame.Chunk(0, ORIGIN, 1, 50, 0, true, List.of()));
        chunk[chunk.length - 2] |= 0x40;
        assertThat(FrameReader.read(chunk)).isEqualTo(new Frame.Chunk(0, ORIGIN, 1, 50, 0, true, List.of()));
    }

    @Test
    void read_ofAnUnknownKind_returnsNull() {
        byte[] frame = FrameWriter.header(20, 6, 9, ORIGIN).toBytes();
        assertThat(FrameReader.read(frame)).isNull();
    }

    @ParameterizedTest
    @MethodSource("frames")
    void read_ofAnotherMajorVersion_refusesIt(Frame frame, String hex) {
        byte[] newer = HexFormat.of().parseHex(hex);
        newer[0] = 2;
        assertRefused(newer, "version must be 1: 2");
    }

    @Test
    void read_ofNoBytes_refusesThem() {
        assertRefused(new byte[0], "version must have at least 1 bytes: 0");
    }

    private static void assertRefused(byte[] frame, String error) {
        assertThatThrownBy(() -> FrameReader.read(frame))
                .isInstanceOf(FrameException.class)
                .hasMessage(error);
    }

    private static byte[] delta(int count, Consumer<FrameBuffer> operations) {
        FrameBuffer out = FrameWriter.header(100, FrameFormat.DELTA, 0, ORIGIN);
        out.putVarint(10);
        out.putVarint(count);
        operations.accept(out);
        return out.toBytes();
    }

    private static void unknown(FrameBuffer out) {
        out.putByte(77);
        out.putVarint(3);
        out.putBytes(new byte[] {-1, -1, -1});
    }

    /** Adds an operation with four more bytes at the end of its body. */
    private static void lengthened(FrameBuffer out, Operation operation) {
        FrameBuffer whole = new FrameBuffer(100);
        new OperationWriter(ORIGIN, whole).write(operation);
        FrameInput in = new FrameInput(whole.toBytes());
        out.putByte(in.readByte("opcode"));
        byte[] body = in.readBytes("body");
        out.putVarint(body.length + 4);
        out.putBytes(body);
        out.putBytes(new byte[] {1, 2, 3, 4});
    }
}

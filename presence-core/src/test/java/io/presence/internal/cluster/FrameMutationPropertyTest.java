package io.presence.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.fixture.Allocations;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Bytes that are no frames, or frames with errors. They are read or refused, with memory for their length alone. */
class FrameMutationPropertyTest {

    private static final long FIXED_BYTES = 20_000;
    private static final long BYTES_PER_BYTE = 64;

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void read_ofAFrameWithErrors_readsOrRefusesIt(@ForAll("frames") Frame frame, @ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = FrameWriter.write(frame);
        for (int i = 0; i < 20; i++) {
            byte[] mutated = mutated(bytes, random);
            for (int more = random.nextInt(3); more > 0; more--) {
                mutated = mutated(mutated, random);
            }
            assertReadOrRefused(mutated);
        }
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void read_ofEachBeginningOfAFrame_readsOrRefusesIt(@ForAll("frames") Frame frame) {
        byte[] bytes = FrameWriter.write(frame);
        for (int length = 0; length < bytes.length; length++) {
            assertReadOrRefused(Arrays.copyOf(bytes, length));
        }
    }

    @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
    void read_ofRandomBytes_readsOrRefusesThem(@ForAll byte[] body, @ForAll long seed) {
        byte[] bytes = new byte[FrameFormat.HEADER_BYTES + body.length];
        System.arraycopy(body, 0, bytes, FrameFormat.HEADER_BYTES, body.length);
        bytes[0] = FrameFormat.MAJOR;
        bytes[2] = (byte) Math.floorMod(seed, 6L);
        bytes[3] = (byte) (seed >> 8 & 1);
        assertReadOrRefused(bytes);
    }

    @Provide
    Arbitrary<Frame> frames() {
        return FrameArbitraries.frames();
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length + 1);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(8));
        byte[] inserted = new byte[1 + random.nextInt(8)];
        random.nextBytes(inserted);
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> spliced(bytes, at, length, new byte[0]);
            case 2 -> spliced(bytes, at, 0, inserted);
            case 3 -> spliced(bytes, at, length, inserted);
            case 4 -> spliced(bytes, at, Math.min(1, length), new byte[] {(byte) (1 << random.nextInt(8))});
            default -> flipped(bytes, Math.min(at, bytes.length - 1), random.nextInt(8));
        };
    }

    private static byte[] spliced(byte[] bytes, int at, int removed, byte[] inserted) {
        byte[] spliced = Arrays.copyOf(bytes, bytes.length - removed + inserted.length);
        System.arraycopy(inserted, 0, spliced, at, inserted.length);
        System.arraycopy(bytes, at + removed, spliced, at + inserted.length, bytes.length - at - removed);
        return spliced;
    }

    private static byte[] flipped(byte[] bytes, int at, int bit) {
        byte[] flipped = bytes.clone();
        if (at >= 0) {
            flipped[at] ^= (byte) (1 << bit);
        }
        return flipped;
    }

    /* An error that is not a FrameException fails the test. What was read can be written and read again. */
    private static void assertReadOrRefused(byte[] bytes) {
        /* Before the measurement, since it can load the classes of an error. */
        Frame read = attempt(bytes);
        long allocated = Allocations.allocatedOnce(() -> attempt(bytes));
        assertThat(allocated)
                .as("allocated for %d bytes", bytes.length)
                .isLessThan(FIXED_BYTES + BYTES_PER_BYTE * bytes.length);
        if (read != null && !hasUnknown(read)) {
            assertThat(FrameReader.read(FrameWriter.write(read))).isEqualTo(read);
        }
    }

    private static @Nullable Frame attempt(byte[] bytes) {
        try {
            return FrameReader.read(bytes);
        } catch (FrameException refused) {
            return null;
        }
    }

    private static boolean hasUnknown(Frame frame) {
        return frame instanceof Frame.Delta delta && delta.operations().contains(Operation.UNKNOWN);
    }
}

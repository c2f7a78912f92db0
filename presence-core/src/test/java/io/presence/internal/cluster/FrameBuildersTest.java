package io.presence.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.PresenceEvent.Cause;
import io.presence.PresenceUpsert;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Frames of as many operations as fit. */
class FrameBuildersTest {

    private static final NodeId ORIGIN = NodeId.random();
    private static final long FIRST = 126;

    private static End end(int length) {
        return new End("p".repeat(length), null, "u", Cause.DELETED, 1, 1);
    }

    private static Put put(int length) {
        PresenceUpsert upsert = PresenceUpsert.of("p", "u", "s".repeat(length));
        return new Put(new Claim(1, ORIGIN, 1), FrameArbitraries.image(upsert, new long[] {1, 1, 1, 1, 1, 1, 1}, 0), 0);
    }

    /* A model of the division: an operation starts a frame if it does not fit into the one before. */
    @Property(tries = 300)
    void add_beyondTheMaximum_startsTheNextFrame(
            @ForAll("lengths") List<Integer> lengths, @ForAll @IntRange(min = 1, max = 500) int maxBytes) {
        DeltaBuilder builder = new DeltaBuilder(0, ORIGIN, FIRST, maxBytes);
        List<byte[]> frames = new ArrayList<>();
        for (int length : lengths) {
            if (!builder.add(end(length))) {
                assertThat(builder.isEmpty()).isFalse();
                frames.add(finished(builder));
                assertThat(builder.add(end(length))).isTrue();
            }
        }
        frames.add(finished(builder));

        List<Operation> read = new ArrayList<>();
        for (byte[] frame : frames) {
            Frame.Delta delta = (Frame.Delta) Objects.requireNonNull(FrameReader.read(frame));
            assertThat(delta.fromRevision()).isEqualTo(FIRST + read.size());
            assertThat(frame.length <= maxBytes || delta.operations().size() <= 1)
                    .isTrue();
            read.addAll(delta.operations());
        }
        assertThat(read).isEqualTo(lengths.stream().map(FrameBuildersTest::end).toList());
    }

    private static byte[] finished(DeltaBuilder builder) {
        int size = builder.size();
        byte[] frame = builder.finish();
        assertThat(frame).hasSize(size);
        assertThat(builder.isEmpty()).isTrue();
        return frame;
    }

    @Property(tries = 300)
    void add_beyondTheMaximum_startsTheNextChunk(
            @ForAll("lengths") List<Integer> lengths, @ForAll @IntRange(min = 1, max = 500) int maxBytes) {
        ChunkBuilder builder = new ChunkBuilder(0, ORIGIN, 7, 1_000, maxBytes);
        List<byte[]> frames = new ArrayList<>();
        for (int length : lengths) {
            Copy copy = new Copy(length, put(length));
            if (!builder.add(copy)) {
                frames.add(finished(builder, false));
                assertThat(builder.add(copy)).isTrue();
            }
        }
        frames.add(finished(builder, true));

        List<Copy> read = new ArrayList<>();
        for (int part = 0; part < frames.size(); part++) {
            Frame.Chunk chunk = (Frame.Chunk) Objects.requireNonNull(FrameReader.read(frames.get(part)));
            List<Copy> copies = chunk.copies();
            boolean isLast = part == frames.size() - 1;
            assertThat(chunk).isEqualTo(new Frame.Chunk(0, ORIGIN, 7, 1_000, part, isLast, copies));
            assertThat(frames.get(part).length <= maxBytes || copies.size() <= 1)
                    .isTrue();
            read.addAll(copies);
        }
        assertThat(read)
                .isEqualTo(lengths.stream()
                        .map(length -> new Copy(length, put(length)))
                        .toList());
    }

    private static byte[] finished(ChunkBuilder builder, boolean isLast) {
        int size = builder.size();
        byte[] frame = builder.finish(isLast);
        assertThat(frame).hasSize(size);
        assertThat(builder.isEmpty()).isTrue();
        return frame;
    }

    @Provide
    Arbitrary<List<Integer>> lengths() {
        return Arbitraries.integers().between(1, 120).list().ofMaxSize(200);
    }

    /* One byte less, and the second operation is in a frame of its own. */
    @Test
    void add_upToTheMaximum_fitsExactly() {
        DeltaBuilder both = new DeltaBuilder(0, ORIGIN, 0, Integer.MAX_VALUE);
        both.add(end(50));
        both.add(end(60));

        DeltaBuilder exact = new DeltaBuilder(0, ORIGIN, 0, both.size());
        assertThat(exact.add(end(50))).isTrue();
        assertThat(exact.add(end(60))).isTrue();

        DeltaBuilder small = new DeltaBuilder(0, ORIGIN, 0, both.size() - 1);
        assertThat(small.add(end(50))).isTrue();
        assertThat(small.add(end(60))).isFalse();
        assertThat(FrameReader.read(small.finish())).isEqualTo(new Frame.Delta(0, ORIGIN, 0, List.of(end(50))));
    }

    @Test
    void add_ofAnUnknownOperation_refusesIt() {
        DeltaBuilder builder = new DeltaBuilder(0, ORIGIN, 0, 1_000);
        assertThatThrownBy(() -> builder.add(Operation.UNKNOWN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("operation must be known: Unknown[]");
        assertThat(builder.isEmpty()).isTrue();
    }

    /* The id of a user in the text of a permission is a string of the presence. */
    @Test
    void put_ofAUsualState_takesAtMost60BytesBesideItsStrings() {
        long now = 1_764_480_000_000L;
        long[] numbers = {1L << 44, 3, now - 3_600_000, now, 30_000, now + 30_000, 30_000};
        PresenceUpsert upsert = PresenceUpsert.of("tab-1", "user-1", "online")
                .source("web")
                .metadata(Map.of("documentId", "abc", "line", 17));
        long epoch = now << 20;
        Put put = new Put(new Claim(epoch, ORIGIN, epoch), FrameArbitraries.image(upsert, numbers, 0), 1);

        assertThat(size(put) - "tab-1user-1onlinewebdocumentIdabcline".length()).isLessThanOrEqualTo(60);
        Put moved = new Put(new Claim(epoch, NodeId.random(), epoch + 1), put.state(), 1);
        assertThat(size(moved) - size(put)).isEqualTo(16);
    }

    private static int size(Put put) {
        FrameBuffer out = new FrameBuffer(100);
        new OperationWriter(ORIGIN, out).write(put);
        return out.size();
    }
}

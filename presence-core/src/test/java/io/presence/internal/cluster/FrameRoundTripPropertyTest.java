package io.presence.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Permission;
import io.presence.PresenceUpsert;
import io.presence.Role;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Frames that are written and read. */
class FrameRoundTripPropertyTest {

    private static final NodeId ORIGIN = new NodeId(-1, 2);

    @Property(tries = 1000)
    void read_ofWhatWasWritten_returnsAnEqualFrame(@ForAll("frames") Frame frame) {
        assertRoundTrip(frame);
    }

    /* The texts are compared too, since equal maps can have another order. */
    private static void assertRoundTrip(Frame frame) {
        Frame read = FrameReader.read(FrameWriter.write(frame));
        assertThat(read).isEqualTo(frame);
        assertThat(read.toString()).isEqualTo(frame.toString());
    }

    @Provide
    Arbitrary<Frame> frames() {
        return FrameArbitraries.frames();
    }

    @Test
    void read_ofLargestState_returnsAnEqualFrame() {
        Object deepest = "x".repeat(60_000);
        for (int level = 32; level > 1; level--) {
            deepest = level % 2 == 0 ? Collections.singletonMap("k", deepest) : Collections.singletonList(deepest);
        }
        List<Permission> permissions = IntStream.range(0, 100)
                .mapToObj(i -> Permission.read(Role.team("t".repeat(124) + i, "r".repeat(81))))
                .toList();
        PresenceUpsert upsert = PresenceUpsert.of("p", "u", "\uD83D\uDE00".repeat(255))
                .source("\uFFFF".repeat(255))
                .metadata(Map.of("deep", deepest, "rest", "\0".repeat(800)))
                .permissions(permissions);
        for (int i = 1; i <= 8; i++) {
            upsert = upsert.idle(Duration.ofDays(i), i + "\u20AC".repeat(254));
        }
        long[] numbers = {(1L << 45) - 1, -1, 1, 2, 3, 4, 5};
        Put put = new Put(new Claim(1, ORIGIN, 2), FrameArbitraries.image(upsert, numbers, 8), 7);

        assertRoundTrip(new Frame.Delta(0, ORIGIN, 0, List.of(put)));
        assertRoundTrip(new Frame.Chunk(0, ORIGIN, 1, 2, 3, true, List.of(new Copy(4, put))));
    }
}

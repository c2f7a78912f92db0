package io.presence.bench.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.bench.fanout.peer.CountingListener;
import io.presence.bench.fanout.peer.FanOut;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A candidate that is measured must do the work. */
class FanOutCandidateTest {

    private static final int LISTENERS = 20;
    private static final int EVENTS = 3000;

    @ParameterizedTest
    @EnumSource
    void publish_anyCandidate_returnsAfterLastDelivery(FanOutCandidate candidate) {
        try (FanOut fanOut = candidate.create()) {
            CountingListener[] counters =
                    Stream.generate(fanOut::add).limit(LISTENERS).toArray(CountingListener[]::new);
            fanOut.ready();
            long sum = 0;
            for (int number = 1; number <= EVENTS; number++) {
                fanOut.publish(number);
                sum += number;
                assertThat(counters).extracting(CountingListener::sum).containsOnly(sum);
            }
        }
    }
}

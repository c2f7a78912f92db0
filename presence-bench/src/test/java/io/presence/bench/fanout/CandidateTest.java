package io.presence.bench.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.bench.fanout.peer.Ear;
import io.presence.bench.fanout.peer.Hub;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is timed must have done the work. */
class CandidateTest {

    private static final int LISTENERS = 20;
    private static final int EVENTS = 3000;

    @ParameterizedTest
    @EnumSource
    void publish_hasToldEveryListenerWhenItReturns(Candidate candidate) {
        try (Hub hub = candidate.create()) {
            Ear[] ears = Stream.generate(hub::add).limit(LISTENERS).toArray(Ear[]::new);
            hub.ready();
            long sum = 0;
            for (int number = 1; number <= EVENTS; number++) {
                hub.publish(number);
                sum += number;
                assertThat(ears).extracting(Ear::sum).containsOnly(sum);
            }
        }
    }
}

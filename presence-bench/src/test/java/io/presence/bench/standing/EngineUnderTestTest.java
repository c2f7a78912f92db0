package io.presence.bench.standing;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.bench.standing.engine.EngineCandidate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EngineUnderTestTest {

    private static final int SUBSCRIPTIONS = 200;
    private static final int EVENTS = 1000;

    static Stream<Arguments> enginesAndKinds() {
        return Stream.of(EngineCandidate.values())
                .flatMap(engine -> Stream.of(QueryKind.values()).map(asks -> Arguments.of(engine, asks)));
    }

    /** {@link EngineUnderTest} compares each engine with the interpreter, before and after. */
    @ParameterizedTest
    @MethodSource("enginesAndKinds")
    void match_afterReplacements_agreesWithInterpreter(EngineCandidate engine, QueryKind asks) {
        try (EngineUnderTest<?> ring = EngineUnderTest.of(engine, asks.workload(SUBSCRIPTIONS))) {
            for (int i = 0; i < SUBSCRIPTIONS / 2; i++) {
                ring.replace();
            }
            ring.check();
        }
    }

    @ParameterizedTest
    @EnumSource
    void match_anyKind_findsAboutTenQueries(QueryKind asks) {
        try (EngineUnderTest<?> ring = EngineUnderTest.of(EngineCandidate.INDEX, asks.workload(SUBSCRIPTIONS))) {
            int matches = 0;
            for (int i = 0; i < EVENTS; i++) {
                matches += ring.match();
            }
            assertThat((double) matches / EVENTS).isBetween(8.5, 10.0);
        }
    }
}

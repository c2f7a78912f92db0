package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.presence.fixture.FlowRules;
import io.presence.fixture.FlowRules.Source;
import io.presence.fixture.Promise;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.testng.SkipException;

/**
 * The publisher obeys the rules of Reactive Streams 1.0.4, the optional ones too. Each rule is a test; the
 * kit has no check for seven of them, which is all that it may skip.
 */
class ReactiveStreamsTest {

    private static final int RULES = 38;
    private static final int UNTESTED = 7;
    /*
     * Optional. One subscriber completes while others have yet to request: a closing dispatcher does not wait for
     * these.
     */
    private static final String ONE_ENDS_BEFORE_OTHERS =
            "optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribers"
                    + "WhenRequestingOneByOne";

    private static List<Method> rules() {
        return Arrays.stream(FlowRules.class.getMethods())
                .filter(method -> method.isAnnotationPresent(org.testng.annotations.Test.class))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }

    private static boolean isUntested(Method rule) {
        return rule.getName().startsWith("untested_");
    }

    @Test
    void technologyCompatibilityKit_always_hasAllItsRules() {
        assertThat(rules()).hasSize(RULES);
        assertThat(rules().stream().filter(ReactiveStreamsTest::isUntested)).hasSize(UNTESTED);
    }

    @TestFactory
    @Promise("reactive-streams")
    Stream<DynamicTest> publisher_ofSnapshot_obeysTheRule() {
        return rules().stream().map(rule -> dynamicTest(rule.getName(), () -> check(rule, Source.SNAPSHOT)));
    }

    @TestFactory
    @Promise("reactive-streams")
    Stream<DynamicTest> publisher_ofLiveEvents_obeysTheRule() {
        return rules().stream()
                .filter(rule -> !rule.getName().equals(ONE_ENDS_BEFORE_OTHERS))
                .map(rule -> dynamicTest(rule.getName(), () -> check(rule, Source.LIVE)));
    }

    private static void check(Method rule, Source source) throws Throwable {
        try (FlowRules rules = new FlowRules(source)) {
            rules.setUp();
            String left = leftOut(rule, rules);
            assertThat(left != null).as(left).isEqualTo(isUntested(rule));
        }
    }

    /* Why the kit has not checked a rule, or null if it has. */
    private static @Nullable String leftOut(Method rule, FlowRules rules) throws Throwable {
        try {
            rule.invoke(rules);
            rules.verifyNoAsyncErrors();
            return null;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SkipException skipped) {
                return skipped + ", " + skipped.getCause();
            }
            throw e.getCause();
        }
    }
}

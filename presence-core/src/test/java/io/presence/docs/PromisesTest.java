package io.presence.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Each guarantee of docs/guarantees.md and of the README names tests that exist, and is held by test methods that carry
 * its key as {@code @Promise("key")}.
 */
class PromisesTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<Guarantee> PAGE = Guarantee.of(ROOT.resolve("docs/guarantees.md"));
    private static final List<Guarantee> README = Guarantee.of(ROOT.resolve("README.md"));
    private static final TestSources SOURCES = TestSources.of(ROOT);

    @Test
    void tables_ofBothPages_areFound() {
        assertThat(PAGE).hasSizeGreaterThan(70);
        assertThat(README).hasSizeGreaterThan(20);
        assertThat(PAGE).extracting(Guarantee::key).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(SOURCES.promises()).hasSizeGreaterThan(100);
    }

    @Test
    void namedTests_ofBothPages_exist() {
        for (List<Guarantee> table : List.of(PAGE, README)) {
            for (Guarantee guarantee : table) {
                assertThat(guarantee.tests())
                        .as("tests of: %s", guarantee.text())
                        .isNotEmpty();
                assertThat(guarantee.tests())
                        .as("tests that exist of: %s", guarantee.text())
                        .allMatch(SOURCES::hasTest);
                assertThat(guarantee.stressTests())
                        .as("stress tests that exist of: %s", guarantee.text())
                        .allMatch(SOURCES::hasStressTest);
            }
        }
    }

    /* The tests of presence-bench have no annotation: that module is never published and has the search tools alone. */
    @Test
    void keys_ofThePage_areOnMethodsOfEachNamedTest() {
        for (Guarantee guarantee : PAGE) {
            Set<String> annotated = SOURCES.promises().stream()
                    .filter(promise -> promise.key().equals(guarantee.key()))
                    .map(TestSources.Promised::test)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(annotated)
                    .as("tests with @Promise(\"%s\")", guarantee.key())
                    .isNotEmpty()
                    .isEqualTo(guarantee.tests().stream()
                            .map(test -> test.replaceFirst("\\..*", ""))
                            .filter(test -> !SOURCES.isOfBenchmarks(test))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    @Test
    void annotations_ofAllTests_haveKeysOfThePage() {
        Set<String> keys = PAGE.stream().map(Guarantee::key).collect(Collectors.toSet());
        assertThat(SOURCES.promises())
                .allSatisfy(promise -> assertThat(keys)
                        .as(promise.test() + "." + promise.method())
                        .contains(promise.key()));
    }
}

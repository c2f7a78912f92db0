package io.presence.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.presence.fixture.Promise;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every code block of every page and of all javadoc compiles without a warning, runs, and prints line by line what its
 * comments say. CONTRIBUTING.md has the convention.
 */
class CodeBlocksTest {

    /* The ones that are not run; no label is for a diagram or a command line. */
    private static final Set<String> NOT_RUN = Set.of("", "sh", "xml", "properties", "text", "console");

    /* Java that needs what this module has not. ReadmeTest of that example compiles it. */
    private static final String ELSEWHERE = "java jgroups";

    private static final List<CodeBlock> ALL =
            CodeBlocks.of(Path.of("..").toAbsolutePath().normalize());

    static Stream<CodeBlock> java() {
        return ALL.stream().filter(block -> block.language().equals("java"));
    }

    static Stream<CodeBlock> json() {
        return ALL.stream().filter(block -> block.language().equals("json"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("java")
    @Promise("code-blocks-run")
    void javaBlock_whenRun_printsItsComments(CodeBlock block) {
        assertThat(block.text().contains("System.out") && block.prints().isEmpty())
                .as("%s must say what it prints, by // prints:", block)
                .isFalse();
        assertThat(new BlockProgram(block).run()).as(block.toString()).isEqualTo(block.prints());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("json")
    void jsonBlock_always_isJson(CodeBlock block) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(block.text())) {
            int tokens = 0;
            while (parser.nextToken() != null) {
                tokens++;
            }
            assertThat(tokens).as(block.toString()).isPositive();
        }
    }

    @Test
    void blocks_ofEveryModule_areFoundOnPagesAndInJavadoc() {
        assertThat(java().map(CodeBlock::file))
                .contains(
                        "README.md",
                        "docs/guide/testing.md",
                        "presence-core/src/main/java/io/presence/package-info.java",
                        "presence-query/src/main/java/io/presence/query/package-info.java");
        assertThat(ALL).anyMatch(block -> block.file().startsWith("presence-bench/"));
        assertThat(ALL).anyMatch(block -> block.file().startsWith("examples/"));
    }

    @Test
    void block_ofAnotherKind_isLabelledAndHasNoJava() {
        assertThat(ALL)
                .filteredOn(block -> !Set.of("java", "json", ELSEWHERE).contains(block.language()))
                .allSatisfy(block -> {
                    assertThat(NOT_RUN).as("label of %s", block).contains(block.language());
                    assertThat(block.code())
                            .as("%s must be labelled java if it is", block)
                            .noneMatch(line -> line.endsWith(");") || line.contains("System.out."));
                });
    }
}

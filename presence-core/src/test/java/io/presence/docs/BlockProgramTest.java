package io.presence.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The mechanism that runs the blocks can fail. */
class BlockProgramTest {

    private static CodeBlock block(String... lines) {
        return new CodeBlock("a/Page.md", 7, "java", List.of(lines));
    }

    @Test
    void run_ofStatements_returnsTheirLines() {
        CodeBlock block = block(
                "import java.util.stream.IntStream;",
                "",
                "// prints: 1",
                "IntStream.of(1, 2).forEach(System.out::println); // prints: 2");
        assertThat(new BlockProgram(block).run()).isEqualTo(block.prints()).containsExactly("1", "2");
    }

    @Test
    void run_ofProgram_runsItsMain() {
        CodeBlock block = block(
                "public class Program {",
                "    public static void main(String[] args) {",
                "        System.out.println(args.length); // prints: 0",
                "    }",
                "}");
        assertThat(new BlockProgram(block).run()).isEqualTo(block.prints());
    }

    @Test
    void run_ofTestClass_runsItsTests() {
        CodeBlock failing = block(
                "import org.junit.jupiter.api.Test;",
                "class ATest {",
                "    @Test",
                "    void fails() {",
                "        throw new AssertionError(\"on purpose\");",
                "    }",
                "}");
        assertThatThrownBy(() -> new BlockProgram(failing).run())
                .hasMessage("a/Page.md:7 must run: java.lang.AssertionError: on purpose");
    }

    @Test
    void prints_ofBlockWithoutOutput_differFromItsLines() {
        CodeBlock block = block("Runnable never = () -> System.out.println(1); // prints: 1");
        assertThat(new BlockProgram(block).run()).isEmpty();
        assertThat(block.prints()).containsExactly("1");
    }

    @Test
    void run_ofInvalidCode_fails() {
        assertThatThrownBy(() -> new BlockProgram(block("int one = \"1\";")).run())
                .hasMessageContaining("a/Page.md:7 must compile without a warning")
                .hasMessageContaining("incompatible types");
    }

    @Test
    void run_ofCodeWithWarning_fails() {
        assertThatThrownBy(() -> new BlockProgram(block("List raw = List.of(); raw.size();")).run())
                .hasMessageContaining("rawtypes");
    }
}

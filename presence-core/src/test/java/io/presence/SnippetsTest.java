package io.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SnippetsTest {

    private static final Path MAIN = Path.of("src/main/java/io/presence");

    @Test
    void readme_showsCodeThatCompilesAndRuns() {
        assertThat(read(Path.of("../README.md"))).contains("```java\n" + region("readme") + "```\n");
        /* Writes that follow each other so fast may be merged, but what entered has left in the end. */
        List<String> changes = printed(Snippets::readme);
        assertThat(changes).allMatch(line -> line.matches("(ENTER|UPDATE|EXIT) (viewing|typing)"));
        assertThat(changes.stream().filter(line -> line.startsWith("ENTER")).count())
                .isEqualTo(
                        changes.stream().filter(line -> line.startsWith("EXIT")).count());
    }

    @Test
    void packageTour_showsCodeThatCompilesAndRuns() {
        assertThat(read(MAIN.resolve("package-info.java"))).contains(javadoc("tour"));
        assertThat(printed(Snippets::tour)).isEmpty();
    }

    @Test
    void storeExample_showsCodeThatCompilesAndRuns() {
        assertThat(read(MAIN.resolve("PresenceStore.java"))).contains(javadoc("store"));
        assertThat(printed(Snippets::store)).hasSize(1).first().asString().contains("change=ENTER");
    }

    private static String javadoc(String name) {
        return region(name)
                .lines()
                .map(line -> (" * " + line).stripTrailing())
                .collect(Collectors.joining("\n", " * <pre>{@code\n", "\n * }</pre>\n"));
    }

    private static String region(String name) {
        String all = read(Path.of("src/test/java/io/presence/Snippets.java"));
        String start = "// @start region=" + name + "\n";
        int from = all.indexOf(start) + start.length();
        String code = all.substring(from, all.indexOf("        // @end", from));
        return code.stripTrailing().stripIndent() + "\n";
    }

    private static List<String> printed(Runnable snippet) {
        PrintStream out = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            snippet.run();
        } finally {
            System.setOut(out);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.presence.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.bench.report.MeasurementLog.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final String RESULT = """
            {"benchmark": "io.presence.bench.store.TouchBenchmark.%s", "jvm": "/opt/somewhere/java", "threads": %d,
             "params": {"presences": "%d", "candidate": "%s"},
             "primaryMetric": {"score": 1, "scoreUnit": "ns/op", "rawData": [[%s], [%s]]},
             "secondaryMetrics": {"gc.alloc.rate.norm": {"rawData": [[24.0001], [24.0002]]}}}""";

    @TempDir
    Path directory;

    private Path raw;
    private Path file;

    @BeforeEach
    void machine() throws IOException {
        raw = Files.createDirectory(directory.resolve("raw"));
        file = directory.resolve("results.json");
        Files.writeString(raw.resolve("machine.properties"), "cpu=Abacus 1\ncores=2\n");
    }

    @Test
    void report_jmhScores_tabulatesMedianSpreadAllocationAndRatio() throws IOException {
        run("01-touch", touch(1, 1_000_000, "OURS", "40, 42", "45"), touch(1, 1_000_000, "THEIRS", "400", "452"));
        report();
        assertThat(lines("results.md"))
                .contains(
                        "| presences | candidate | median | least .. most | unit | B/op | beside OURS |",
                        "| ---: | --- | ---: | ---: | --- | ---: | ---: |",
                        "| 1,000,000 | OURS | 43 | 41 .. 45 | ns/op | 24 | 1x |",
                        "| 1,000,000 | THEIRS | 426 | 400 .. 452 | ns/op | 24 | 9.91x |");
    }

    @Test
    void report_severalThreads_tabulatesSpeedUp() throws IOException {
        run("01-touch", touch(1, 1_000, "OURS", "40", "40"));
        run("02-touch", touch(2, 1_000, "OURS", "50", "50"));
        report();
        assertThat(lines("results.md"))
                .contains(
                        "| 1,000 | 1 | OURS | 40 | 40 .. 40 | ns/op | 24 | 1x |  |",
                        "| 1,000 | 2 | OURS | 50 | 50 .. 50 | ns/op | 24 | 1x | 1.60x |");
    }

    @Test
    void report_trialFigures_tabulatesColumnPerMeasure() throws IOException {
        run("01-footprint");
        figures(
                "01-footprint",
                new Figure("Footprint", "OURS", 1_000, "heap", 151.5, "B"),
                new Figure("Footprint", "OURS", 1_000, "own", 98, "B"),
                new Figure("Footprint", "THEIRS", 1_000, "heap", 1_234.5, "B"));
        report();
        assertThat(lines("results.md"))
                .contains(
                        "| size | candidate | heap, B | own, B |",
                        "| 1,000 | OURS | 152 | 98 |",
                        "| 1,000 | THEIRS | 1,235 |  |");
    }

    @Test
    void report_severalSizes_writesChart() throws IOException {
        run("01-touch", touch(1, 1_000, "PRESENCE", "40", "45"), touch(1, 1_000_000, "PRESENCE", "50", "55"));
        run("02-upsert", touch(1, 1_000, "OURS", "40", "45"));
        report();
        assertThat(directory.resolve("touch.svg"))
                .content()
                .contains("<polyline", "presences", ">A heartbeat</text>", ">this library</text>");
        assertThat(directory.resolve("upsert.svg")).doesNotExist();
        assertThat(lines("results.md")).contains("![touch](touch.svg)");
    }

    @Test
    void report_severalCharts_namesThemByTheirDifference() throws IOException {
        run("01-touch", touch(1, 1_000, "OURS", "40", "45"), touch(1, 1_000_000, "OURS", "50", "55"));
        run("02-touch", touch(2, 1_000, "OURS", "40", "45"), touch(2, 1_000_000, "OURS", "50", "55"));
        report();
        assertThat(directory.resolve("touch-1-threads.svg")).exists();
        assertThat(directory.resolve("touch-2-threads.svg")).exists();
        assertThat(directory.resolve("touch.svg")).doesNotExist();
    }

    @Test
    void report_always_listsMachineAndRunWithoutFilePaths() throws IOException {
        run("01-touch", touch(1, 1_000, "OURS", "40", "45"));
        report();
        assertThat(file).content().doesNotContain("/opt/somewhere");
        assertThat(lines("results.md"))
                .contains("* cpu: Abacus 1", "* cores: 2", "| touch | jmh Touch | abc | 2024-02-29 | 0.10 0.20 0.30 |");
    }

    @Test
    void report_newTopic_keepsOlderTopics() throws IOException {
        run("01-touch", touch(1, 1_000, "OURS", "40", "40"));
        run("02-upsert", touch(1, 1_000, "OURS", "70", "70"));
        report();
        Files.delete(raw.resolve("01-touch.properties"));
        run("02-upsert", touch(1, 1_000, "OURS", "80", "80"));
        report();
        assertThat(lines("results.md"))
                .contains("| 1,000 | OURS | 40 | 40 .. 40 | ns/op | 24 | 1x |")
                .contains("| 1,000 | OURS | 80 | 80 .. 80 | ns/op | 24 | 1x |")
                .doesNotContain("| 1,000 | OURS | 70 | 70 .. 70 | ns/op | 24 | 1x |")
                .containsSubsequence("## touch", "## upsert");
    }

    @Test
    void report_withoutNewResults_reproducesTheReport() throws IOException {
        run("01-touch", touch(1, 1_000, "OURS", "40", "41"));
        report();
        String written = Files.readString(directory.resolve("results.md"));
        Files.delete(directory.resolve("results.md"));
        Report.main(new String[] {file.toString()});
        assertThat(directory.resolve("results.md")).content().isEqualTo(written);
    }

    @Test
    void main_withoutArguments_throws() {
        assertThatThrownBy(() -> Report.main(new String[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("arguments must be a file of results and optionally a directory: 0");
    }

    private void report() throws IOException {
        Report.main(new String[] {file.toString(), raw.toString()});
    }

    private static String touch(int threads, int size, String candidate, String fork, String otherFork) {
        return RESULT.formatted("touch", threads, size, candidate, fork, otherFork);
    }

    private void run(String name, String... results) throws IOException {
        Files.writeString(
                raw.resolve(name + ".properties"),
                "command=jmh Touch\ncommit=abc\ndate=2024-02-29\nload=0.10 0.20 0.30\n");
        Files.writeString(raw.resolve(name + ".json"), '[' + String.join(",", results) + ']');
    }

    private void figures(String name, Figure... figures) throws IOException {
        Files.write(
                raw.resolve(name + ".jsonl"),
                Stream.of(figures).map(Figure::toJson).toList());
    }

    private Iterable<String> lines(String name) throws IOException {
        return Files.readAllLines(directory.resolve(name));
    }
}

package io.presence.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.presence.bench.report.Comparison.Ratio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

    @TempDir
    Path directory;

    @Test
    void ratioOf_equalPairs_hasNoSpread() {
        Ratio ratio = Ratio.of(List.of(1.1, 1.1, 1.1));
        assertThat(ratio.mean()).isCloseTo(1.1, within(1e-9));
        assertThat(ratio.low()).isCloseTo(1.1, within(1e-9));
        assertThat(ratio.isSlower()).isTrue();
    }

    @Test
    void ratioOf_spreadPairs_hasStudentsInterval() {
        /* Logarithms -0.1, 0, 0.1: deviation 0.1, error 0.1 / sqrt(3), t 4.303. */
        Ratio ratio = Ratio.of(List.of(Math.exp(-0.1), 1.0, Math.exp(0.1)));
        assertThat(ratio.mean()).isCloseTo(1.0, within(1e-9));
        assertThat(Math.log(ratio.high())).isCloseTo(0.1 / Math.sqrt(3) * 4.303, within(1e-9));
        assertThat(ratio.isSlower()).isFalse();
    }

    @Test
    void read_ratesAndTimes_comparesTimes() throws IOException {
        write("touch-1-before", "avgt", 100);
        write("touch-1-after", "avgt", 110);
        write("touch-2-before", "avgt", 100);
        write("touch-2-after", "avgt", 110);
        write("fan-out-1-before", "thrpt", 110);
        write("fan-out-1-after", "thrpt", 100);
        write("fan-out-2-before", "thrpt", 110);
        write("fan-out-2-after", "thrpt", 100);
        Map<String, Ratio> ratios = Comparison.read(directory);
        assertThat(ratios.keySet()).containsExactly("fan-out B.run {\"n\":\"1\"}", "touch B.run {\"n\":\"1\"}");
        assertThat(ratios.values()).allSatisfy(ratio -> assertThat(ratio.mean()).isCloseTo(1.1, within(1e-9)));
        assertThat(Comparison.table(ratios)).contains("| 1.100 slower | 1.100 to 1.100 | 2 |");
    }

    private void write(String name, String mode, double score) throws IOException {
        Files.writeString(
                directory.resolve(name + ".json"),
                "[{\"benchmark\": \"io.x.B.run\", \"mode\": \"" + mode + "\", \"params\": {\"n\": \"1\"},"
                        + " \"primaryMetric\": {\"score\": " + score + "}}]");
    }
}

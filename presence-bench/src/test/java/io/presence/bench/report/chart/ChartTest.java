package io.presence.bench.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ChartTest {

    private static final SortedMap<Double, Double> GROWING = line(1_000, 12, 1_000_000, 90);
    private static final SortedMap<Double, Double> FLAT = line(1_000, 300, 1_000_000, 310);

    @Test
    void svg_twoCandidates_drawsTwoLines() throws Exception {
        Document svg = parse(new Chart("touch", "presences", Map.of("OURS", GROWING, "THEIRS", FLAT)));
        assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(2);
        assertThat(svg.getElementsByTagName("script").getLength()).isZero();
        assertThat(svg.getDocumentElement().getTextContent())
                .contains("touch", "presences", "OURS", "THEIRS", "1,000", "1,000,000", "10 ns", "500 ns");
    }

    @Test
    void svg_slowerCandidate_isDrawnHigher() throws Exception {
        Map<String, SortedMap<Double, Double>> lines = new LinkedHashMap<>();
        lines.put("growing", GROWING);
        lines.put("flat", FLAT);
        Document svg = parse(new Chart("touch", "presences", lines));
        double[] growing = points(svg, 0);
        double[] flat = points(svg, 1);
        assertThat(growing[0]).isLessThan(growing[2]).isEqualTo(flat[0]);
        assertThat(growing[1]).isGreaterThan(growing[3]);
        assertThat(growing[3]).isGreaterThan(flat[3]);
    }

    @Test
    void svg_namesWithMarkup_isWellFormed() throws Exception {
        Document svg = parse(new Chart("a < b & c > d", "<x>", Map.of("<&>", GROWING)));
        assertThat(svg.getDocumentElement().getTextContent()).contains("a < b & c > d", "<x>", "<&>");
    }

    @Test
    void constructor_lineWithoutPoints_throws() {
        assertThatThrownBy(() -> new Chart("touch", "presences", Map.of("OURS", new TreeMap<>())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lines must have points: [OURS]");
    }

    private static SortedMap<Double, Double> line(double size, double nanos, double otherSize, double otherNanos) {
        return new TreeMap<>(Map.of(size, nanos, otherSize, otherNanos));
    }

    /** Returns the alternating x and y of the points. */
    private static double[] points(Document svg, int number) {
        Element line = (Element) svg.getElementsByTagName("polyline").item(number);
        String[] numbers = line.getAttribute("points").split("[ ,]");
        return Arrays.stream(numbers).mapToDouble(Double::parseDouble).toArray();
    }

    private static Document parse(Chart chart) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(chart.svg().getBytes(StandardCharsets.UTF_8)));
    }
}

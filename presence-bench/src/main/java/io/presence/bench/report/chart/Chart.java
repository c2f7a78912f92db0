package io.presence.bench.report.chart;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * A chart of a time by a size, both on logarithmic scales, with a line for each candidate. It is a self-contained SVG
 * that follows the reader's dark mode.
 *
 * @param title the measured operation
 * @param sizeName the unit of the sizes
 * @param lines the nanoseconds by size, by candidate
 */
public record Chart(String title, String sizeName, Map<String, SortedMap<Double, Double>> lines) {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;
    private static final int LEFT = 70;
    private static final int RIGHT = 540;
    private static final int TOP = 48;
    private static final int BOTTOM = 364;
    private static final int LEGEND = RIGHT + 24;
    private static final int LINE_HEIGHT = 20;

    /** Colours of one lightness that are distinct on white and on black. Further lines repeat them and are dashed. */
    private static final List<String> COLOURS =
            List.of("#d1495b", "#2f81d8", "#2a9d6f", "#d98c10", "#8e62d0", "#7b8794", "#b5702d", "#c2519c");

    private static final String STYLE = """
            <style>
            text { font: 12px system-ui, sans-serif; fill: #24292f }
            .title { font-size: 15px; font-weight: 600 }
            .grid { stroke: #d8dee4 }
            .axis { stroke: #57606a }
            polyline { fill: none; stroke-width: 2 }
            @media (prefers-color-scheme: dark) {
              text { fill: #d0d7de }
              .grid { stroke: #30363d }
              .axis { stroke: #8b949e }
            }
            </style>
            """;

    /** Copies the lines. There must be at least one, and each must have a point. */
    public Chart {
        Map<String, SortedMap<Double, Double>> copy = new LinkedHashMap<>();
        lines.forEach((name, points) -> copy.put(name, Collections.unmodifiableSortedMap(new TreeMap<>(points))));
        lines = Collections.unmodifiableMap(copy);
        if (lines.isEmpty() || lines.values().stream().anyMatch(Map::isEmpty)) {
            throw new IllegalArgumentException("lines must have points: " + lines.keySet());
        }
    }

    /** Returns the text of the SVG file. */
    public String svg() {
        LogScale across = scale(lines.values().stream().flatMapToDouble(line -> numbers(line.keySet())), LEFT, RIGHT);
        LogScale up = scale(lines.values().stream().flatMapToDouble(line -> numbers(line.values())), BOTTOM, TOP);
        List<String> parts = new ArrayList<>();
        parts.add(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                        + " width=\"%d\" height=\"%d\" role=\"img\">",
                WIDTH, HEIGHT, WIDTH, HEIGHT));
        parts.add("<title>" + escaped(title) + "</title>");
        parts.add(STYLE.strip());
        parts.add(text(LEFT, TOP - 22, "start", "title", title));
        across.ticks().forEach(tick -> parts.addAll(columnTick(across.at(tick), tick)));
        up.ticks().forEach(tick -> parts.addAll(rowTick(up.at(tick), tick)));
        parts.add(line("axis", LEFT, BOTTOM, RIGHT, BOTTOM));
        parts.add(line("axis", LEFT, TOP, LEFT, BOTTOM));
        parts.add(text((LEFT + RIGHT) / 2.0, BOTTOM + 40, "middle", "label", sizeName));
        int number = 0;
        for (Map.Entry<String, SortedMap<Double, Double>> each : lines.entrySet()) {
            parts.addAll(candidate(number++, each.getKey(), each.getValue(), across, up));
        }
        parts.add("</svg>");
        return String.join("\n", parts) + '\n';
    }

    private static List<String> candidate(
            int number, String name, SortedMap<Double, Double> line, LogScale across, LogScale up) {
        String colour = COLOURS.get(number % COLOURS.size());
        String stroke = format("stroke=\"%s\"%s", colour, number < COLOURS.size() ? "" : " stroke-dasharray=\"5 4\"");
        List<String> parts = new ArrayList<>();
        parts.add(line.entrySet().stream()
                .map(point -> format("%.1f,%.1f", across.at(point.getKey()), up.at(point.getValue())))
                .collect(Collectors.joining(" ", "<polyline " + stroke + " points=\"", "\"/>")));
        line.forEach((size, nanos) -> parts.add(dot(across.at(size), up.at(nanos), colour)));
        double y = TOP + 8.0 + number * LINE_HEIGHT;
        parts.add(format("<path d=\"M%d %.1fh22\" stroke-width=\"2\" %s/>", LEGEND, y, stroke));
        parts.add(dot(LEGEND + 11, y, colour));
        parts.add(text(LEGEND + 30, y + 4, "start", "label", name));
        return parts;
    }

    private static List<String> columnTick(double x, double value) {
        return List.of(
                line("grid", x, TOP, x, BOTTOM), text(x, BOTTOM + 18, "middle", "label", format("%,.0f", value)));
    }

    private static List<String> rowTick(double y, double nanos) {
        return List.of(line("grid", LEFT, y, RIGHT, y), text(LEFT - 8, y + 4, "end", "label", duration(nanos)));
    }

    private static String duration(double nanos) {
        String[] units = {"ns", "us", "ms"};
        int unit = 0;
        double value = nanos * 1.0001;
        while (value >= 1000 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return value >= 1 ? format("%,.0f %s", value, units[unit]) : format("%.1g %s", value, units[unit]);
    }

    private static LogScale scale(DoubleStream values, double from, double to) {
        double[] sorted = values.sorted().toArray();
        return new LogScale(sorted[0], sorted[sorted.length - 1], from, to);
    }

    private static DoubleStream numbers(Collection<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue);
    }

    private static String line(String style, double x1, double y1, double x2, double y2) {
        return format("<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", style, x1, y1, x2, y2);
    }

    private static String dot(double x, double y, String colour) {
        return format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>", x, y, colour);
    }

    private static String text(double x, double y, String anchor, String style, String text) {
        return format(
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                style, x, y, anchor, escaped(text));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String format(String pattern, Object... arguments) {
        return String.format(Locale.ROOT, pattern, arguments);
    }
}

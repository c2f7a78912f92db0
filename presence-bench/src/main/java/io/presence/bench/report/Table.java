package io.presence.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table in Markdown. A column that is empty in every row is left out. */
final class Table {

    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    Table(List<String> header) {
        this.header = List.copyOf(header);
    }

    /** Adds a row with a cell for each column. */
    void add(List<String> cells) {
        if (cells.size() != header.size()) {
            throw new IllegalArgumentException("cells must be as many as columns: " + cells);
        }
        rows.add(List.copyOf(cells));
    }

    /** Returns the lines of the table. Numeric columns are aligned to the right. */
    String markdown() {
        int[] shown = IntStream.range(0, header.size())
                .filter(column -> rows.stream().anyMatch(row -> !row.get(column).isEmpty()))
                .toArray();
        List<String> lines = new ArrayList<>();
        lines.add(line(header, shown));
        lines.add(Arrays.stream(shown)
                .mapToObj(column -> isNumeric(column) ? "---:" : "---")
                .collect(Collectors.joining(" | ", "| ", " |")));
        rows.forEach(row -> lines.add(line(row, shown)));
        return String.join("\n", lines) + '\n';
    }

    private boolean isNumeric(int column) {
        return rows.stream()
                .map(row -> row.get(column))
                .allMatch(cell -> cell.isEmpty() || Character.isDigit(cell.charAt(0)));
    }

    private static String line(List<String> cells, int[] shown) {
        return Arrays.stream(shown)
                .mapToObj(column -> cells.get(column).replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }
}

package io.presence.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table of guarantees.
 *
 * @param key the key in the first column, or null if the table has none
 * @param text the first columns
 * @param tests the named tests, as {@code XTest} or {@code XTest.method}
 * @param stressTests the named stress tests
 */
record Guarantee(@Nullable String key, String text, List<String> tests, List<String> stressTests) {

    /* A table is one of guarantees if its last column is headed Test. */
    private static final Pattern HEADER = Pattern.compile("\\|.*\\| Tests? \\|");
    private static final Pattern KEY = Pattern.compile("\\| `([a-z0-9-]+)` \\|.*");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Test(?:[.#]\\w+)?)`");
    private static final Pattern STRESS = Pattern.compile("stress `(\\w+)`");
    private static final Pattern COLUMN = Pattern.compile(" \\| ");

    /** The rows of all tables of guarantees of a page. */
    static List<Guarantee> of(Path page) {
        List<Guarantee> rows = new ArrayList<>();
        boolean isInTable = false;
        for (String line : lines(page)) {
            isInTable = HEADER.matcher(line).matches() || (isInTable && line.startsWith("|"));
            if (isInTable && !HEADER.matcher(line).matches() && !line.startsWith("|--")) {
                rows.add(row(line));
            }
        }
        return rows;
    }

    private static Guarantee row(String line) {
        Matcher key = KEY.matcher(line);
        String[] columns = COLUMN.split(line);
        String tests = columns[columns.length - 1];
        return new Guarantee(
                key.matches() ? key.group(1) : null,
                line.substring(0, line.length() - tests.length()),
                names(TEST, tests),
                names(STRESS, tests));
    }

    private static List<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1).replace('#', '.'))
                .toList();
    }

    private static List<String> lines(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

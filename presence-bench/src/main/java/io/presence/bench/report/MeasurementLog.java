package io.presence.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * A log of figures that are not JMH scores: bytes, percentiles and rates. Each figure is printed and, if the system
 * property {@value #FILE} is set, appended as a line of JSON to the file that it names.
 */
public final class MeasurementLog {

    /** The system property that names the file. */
    public static final String FILE = "presence.bench.figures";

    private MeasurementLog() {}

    /**
     * A figure.
     *
     * @param trial the trial, by the name of its class
     * @param candidate the candidate
     * @param size the number of presences, timers or other objects of the trial
     * @param measure the measured quantity
     * @param value the value
     * @param unit the unit of the value
     */
    public record Figure(String trial, String candidate, long size, String measure, double value, String unit) {
        /** Checks that the names need no escape sequences in JSON. */
        public Figure {
            requirePlain("trial", trial);
            requirePlain("candidate", candidate);
            requirePlain("measure", measure);
            requirePlain("unit", unit);
        }

        private static void requirePlain(String name, String text) {
            if (!text.matches("[\\w .,/%()+-]+")) {
                throw new IllegalArgumentException(name + " must be words without quotes: " + text);
            }
        }

        String toJson() {
            return String.format(
                    Locale.ROOT,
                    "{\"trial\":\"%s\",\"candidate\":\"%s\",\"size\":%d,"
                            + "\"measure\":\"%s\",\"value\":%s,\"unit\":\"%s\"}",
                    trial,
                    candidate,
                    size,
                    measure,
                    value,
                    unit);
        }
    }

    /** Records a figure. */
    public static void record(Figure figure) {
        System.out.printf(
                Locale.ROOT,
                "%-20s %-20s %,12d  %-32s %,14.2f %s%n",
                figure.trial(),
                figure.candidate(),
                figure.size(),
                figure.measure(),
                figure.value(),
                figure.unit());
        String file = System.getProperty(FILE);
        if (file != null) {
            append(Path.of(file), figure.toJson() + '\n');
        }
    }

    private static void append(Path file, String line) {
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

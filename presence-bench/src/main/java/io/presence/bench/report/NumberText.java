package io.presence.bench.report;

import java.util.Locale;

/** Formats numbers for readers with three significant digits, the precision of a measurement. */
final class NumberText {

    private NumberText() {}

    static String text(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 || value == Math.rint(value) ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    static String text(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}

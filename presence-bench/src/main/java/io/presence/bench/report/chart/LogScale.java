package io.presence.bench.report.chart;

import java.util.ArrayList;
import java.util.List;

/** A logarithmic scale on a line. It starts and ends at 1, 2 or 5 times a power of ten. */
final class LogScale {

    private static final int[] STEPS = {1, 2, 5};

    private final double low;
    private final double high;
    private final double from;
    private final double to;

    /**
     * Makes a scale for numbers.
     *
     * @param least the least number, more than 0
     * @param most the greatest number
     * @param from the start of the line
     * @param to the end of the line
     */
    LogScale(double least, double most, double from, double to) {
        if (!(least > 0 && most >= least)) {
            throw new IllegalArgumentException("least must be between 0 and " + most + ": " + least);
        }
        double up = above(most);
        this.low = below(least);
        this.high = up > low ? up : 10 * low;
        this.from = from;
        this.to = to;
    }

    double at(double value) {
        return from + (to - from) * Math.log(value / low) / Math.log(high / low);
    }

    /** Returns powers of ten, and their multiples by 2 and 5 if the scale is short. */
    List<Double> ticks() {
        boolean wide = high / low >= 1000;
        List<Double> ticks = new ArrayList<>();
        for (double power = power(low); power <= high * 1.0001; power *= 10) {
            for (int step : STEPS) {
                double tick = step * power;
                if (tick >= low * 0.9999 && tick <= high * 1.0001 && (step == 1 || !wide)) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    private static double power(double value) {
        return Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
    }

    private static double below(double value) {
        double power = power(value);
        double digits = value / power * 1.0001;
        return power * (digits >= 5 ? 5 : digits >= 2 ? 2 : 1);
    }

    private static double above(double value) {
        double power = power(value);
        double digits = value / power * 0.9999;
        return power * (digits <= 1 ? 1 : digits <= 2 ? 2 : digits <= 5 ? 5 : 10);
    }
}

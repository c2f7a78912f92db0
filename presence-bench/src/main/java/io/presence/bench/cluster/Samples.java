package io.presence.bench.cluster;

import io.presence.bench.report.MeasurementLog;
import io.presence.bench.report.MeasurementLog.Figure;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.DoubleStream;

/** The values of several rounds by candidate, size and measure: each is recorded as median, least and greatest. */
final class Samples {

    private final String trial;
    private final Map<Key, double[]> values = new LinkedHashMap<>();

    private record Key(String candidate, long size, String measure, String unit) {}

    Samples(String trial) {
        this.trial = trial;
    }

    void add(String candidate, long size, String measure, double value, String unit) {
        values.merge(
                new Key(candidate, size, measure, unit),
                new double[] {value},
                (before, added) -> DoubleStream.concat(Arrays.stream(before), Arrays.stream(added))
                        .toArray());
    }

    /** Records all values, and forgets them. */
    void record() {
        values.forEach((key, samples) -> {
            Arrays.sort(samples);
            record(key, "", samples[samples.length / 2]);
            if (samples.length > 1) {
                record(key, ", least", samples[0]);
                record(key, ", greatest", samples[samples.length - 1]);
            }
        });
        values.clear();
    }

    private void record(Key key, String which, double value) {
        MeasurementLog.record(new Figure(trial, key.candidate, key.size, key.measure + which, value, key.unit));
    }

    void clear() {
        values.clear();
    }
}

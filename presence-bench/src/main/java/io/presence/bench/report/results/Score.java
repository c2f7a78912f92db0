package io.presence.bench.report.results;

import java.util.Arrays;

/**
 * What a benchmark scored: each fork counts by its mean, since the iterations of one fork share what its compiler did. If
 * there is one fork only, its iterations count.
 *
 * @param median of the forks
 * @param least of the forks
 * @param most of the forks
 */
public record Score(double median, double least, double most) {

    /**
     * Makes the score of some forks.
     *
     * @param iterations by fork
     * @throws IllegalArgumentException when a fork has none, or there is no fork
     */
    static Score ofForks(double[][] iterations) {
        double[] means = Arrays.stream(iterations).mapToDouble(Score::mean).toArray();
        return of(means.length == 1 ? iterations[0].clone() : means);
    }

    private static Score of(double[] means) {
        Arrays.sort(means);
        if (means.length == 0) {
            throw new IllegalArgumentException("forks must not be empty");
        }
        double median = (means[(means.length - 1) / 2] + means[means.length / 2]) / 2;
        return new Score(median, means[0], means[means.length - 1]);
    }

    private static double mean(double[] iterations) {
        return Arrays.stream(iterations)
                .average()
                .orElseThrow(() -> new IllegalArgumentException("iterations of a fork must not be empty"));
    }
}

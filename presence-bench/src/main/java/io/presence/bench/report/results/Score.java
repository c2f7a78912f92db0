package io.presence.bench.report.results;

import java.util.Arrays;

/**
 * The score of a benchmark. Each fork counts by its mean, because the iterations of a fork share one compilation. If
 * there is only one fork, its iterations count.
 *
 * @param median the median of the forks
 * @param least the least of the forks
 * @param most the greatest of the forks
 */
public record Score(double median, double least, double most) {

    /**
     * Returns the score of forks.
     *
     * @param iterations the scores of the iterations, by fork
     * @throws IllegalArgumentException if there is no fork or a fork has no iterations
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

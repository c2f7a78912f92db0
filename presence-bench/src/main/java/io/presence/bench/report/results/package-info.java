/** Results of benchmark runs: scores of JMH, figures of trials, and the machine. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.report.results;

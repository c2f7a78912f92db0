/** Results of benchmark runs: what JMH wrote, what trials noted, and on which machine. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.report.results;

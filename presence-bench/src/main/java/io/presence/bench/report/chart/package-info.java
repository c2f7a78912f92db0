/** Charts as SVG. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.report.chart;

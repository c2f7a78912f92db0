/** Reports of measurements: figures that JMH does not produce, tables and charts. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.report;

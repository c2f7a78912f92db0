/** What is made of measurements: figures that JMH has no word for, tables, and charts. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.report;

/** Stores of rows that deliver changes to listeners, one for each candidate. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.system.peer;

/**
 * The evaluation of one query on one record. A {@link io.presence.query.internal.program.Program} is compiled from a
 * filter and runs over {@link io.presence.query.internal.program.Slots}, which a
 * {@link io.presence.query.internal.program.SlotTable} fills once per record. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.query.internal.program;

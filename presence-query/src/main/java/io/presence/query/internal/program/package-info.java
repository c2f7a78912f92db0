/**
 * One query against one record: the {@link io.presence.query.internal.program.Compiler} makes a flat
 * {@link io.presence.query.internal.program.Program} of it, which runs over
 * {@link io.presence.query.internal.program.Slots} that a {@link io.presence.query.internal.program.SlotTable} fills once
 * per record. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.query.internal.program;

/**
 * The values of one record at the paths that queries name: {@link io.presence.query.internal.slots.SlotTable} gives each
 * path its slot and reads records, {@link io.presence.query.internal.slots.Slots} hold what was read. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.query.internal.slots;

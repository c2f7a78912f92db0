/**
 * A concurrent extendible hash table without an object per element. {@link io.presence.internal.table.PagedTable} is
 * the entry point. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.internal.table;

/**
 * A concurrent hash table that has no object for each element: what is found lies in the pages themselves. {@link
 * io.presence.internal.table.PagedTable} is its door.
 */
@org.jspecify.annotations.NullMarked
package io.presence.internal.table;

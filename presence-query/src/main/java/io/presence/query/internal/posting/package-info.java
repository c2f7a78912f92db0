/**
 * Where standing queries are filed, by what a record must have to match them: a hash table for values and prefixes, trees
 * for ranges, grids for boxes. None knows what is filed. Adding, removing and finding are cheap, and finding allocates
 * nothing. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.query.internal.posting;

/**
 * Where standing queries are filed by what a record must have to match them: postings, and the hash table that finds those of
 * values and prefixes. Nothing here knows what is filed. Adding, removing and finding are cheap, and finding allocates
 * nothing. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.query.internal.posting;

/**
 * Hashes that nobody can find collisions of without knowing their seed, the table that goes by them, and a list by
 * key. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.query.internal.hash;

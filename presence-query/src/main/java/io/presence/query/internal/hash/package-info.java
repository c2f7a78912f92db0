/**
 * Hashes that nobody can find collisions of without knowing their seed, and the table that goes by them. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.query.internal.hash;

/** The arithmetic of hashes that nobody can find collisions of without knowing their seed. Not exported. */
@org.jspecify.annotations.NullMarked
package io.presence.query.internal.hash;

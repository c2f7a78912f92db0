/**
 * A keyed polynomial hash, for which collisions cannot be chosen without its seed, and a list with keys. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.query.internal.hash;

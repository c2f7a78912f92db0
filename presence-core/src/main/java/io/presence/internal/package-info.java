/** The assembly of a store behind the public interfaces. Not exported. */
@org.jspecify.annotations.NullMarked
package io.presence.internal;

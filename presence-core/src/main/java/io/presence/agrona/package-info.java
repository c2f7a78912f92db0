/**
 * The optional integration with Agrona, which runs a caller-driven store as an {@link org.agrona.concurrent.Agent}.
 * This is the only package that needs {@code org.agrona:agrona}, which the host adds as a dependency of its own.
 */
@org.jspecify.annotations.NullMarked
package io.presence.agrona;

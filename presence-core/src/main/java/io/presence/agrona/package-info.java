/**
 * The optional integration with Agrona: a caller-driven store as an {@link org.agrona.concurrent.Agent}. It is the only package
 * that needs {@code org.agrona:agrona}, which the host adds as a dependency of its own.
 */
@org.jspecify.annotations.NullMarked
package io.presence.agrona;

/**
 * The optional integration with the data binding of Jackson 3: presences, events and pages are written, and requests
 * are read, in the form of {@link io.presence.json.PresenceJson}. This is the only package that needs
 * {@code tools.jackson.core:jackson-databind}, which the host adds as a dependency of its own.
 */
@org.jspecify.annotations.NullMarked
package io.presence.jackson3;

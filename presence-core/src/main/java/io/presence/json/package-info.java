/**
 * The JSON form of presences, events and pages, and of requests to write a presence.
 *
 * <p>{@link io.presence.json.PresenceJson} works with maps, which any JSON library reads and writes, or with texts if
 * jackson-core is present. Modules for the data binding of Jackson are in {@code io.presence.jackson2} and
 * {@code io.presence.jackson3}.
 */
@org.jspecify.annotations.NullMarked
package io.presence.json;

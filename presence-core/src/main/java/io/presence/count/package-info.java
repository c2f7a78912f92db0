/**
 * Live counts: the number of presences and of users for each value of an attribute, such as the rooms of a chat.
 * {@link io.presence.Presences#counts} starts them.
 *
 * <pre>{@code
 * try (ManualStore test = ManualStore.create();
 *         PresenceCounts rooms = test.store().counts("metadata.room")) {
 *     test.store().upsert(PresenceUpsert.of("tab-1", "ada", "online").metadata(Map.of("room", "lobby")));
 *     test.store().upsert(PresenceUpsert.of("tab-2", "ada", "online").metadata(Map.of("room", "lobby")));
 *     test.run();
 *
 *     System.out.println(rooms.of("lobby").presences()); // prints: 2
 *     System.out.println(rooms.of("lobby").users()); // prints: 1
 * }
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package io.presence.count;

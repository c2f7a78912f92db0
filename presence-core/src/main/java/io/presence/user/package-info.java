/**
 * Users over all their devices and tabs: who is there, merged from the presences of each user.
 *
 * <p>{@link io.presence.Presences#users} follows them. The events are those of users and not of presences: one ENTER
 * when the first presence of a user becomes visible, and one EXIT when the last one is no longer visible.
 *
 * <pre>{@code
 * try (ManualStore test = ManualStore.create()) {
 *     UserSubscription users = test.store().users(
 *             SubscriptionOptions.defaults(),
 *             event -> System.out.println(event.change() + " " + event.user().userId()));
 *     test.store().upsert(PresenceUpsert.of("phone", "ada", "away"));
 *     test.store().upsert(PresenceUpsert.of("laptop", "ada", "online"));
 *     test.run(); // prints: ENTER ada
 *
 *     System.out.println(users.of("ada").status()); // prints: online
 *     System.out.println(users.of("ada").presences()); // prints: 2
 * }
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package io.presence.user;

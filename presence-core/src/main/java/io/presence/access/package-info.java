/**
 * Explanations of access: why a principal sees a presence, or does not. {@link io.presence.PresenceStore#explainAccess}
 * makes them.
 *
 * <pre>{@code
 * try (ManualStore test = ManualStore.create()) {
 *     PresenceStore store = test.store();
 *     store.upsert(PresenceUpsert.of("tab-1", "ada", "online").permissions(Permission.read(Role.team("blue"))));
 *
 *     AccessExplanation bob = store.explainAccess(Principal.user("bob").build(), "tab-1");
 *     System.out.println(bob.read().reason()); // prints: NOT_GRANTED
 *
 *     AccessExplanation eve = store.explainAccess(Principal.user("eve").team("blue").build(), "tab-1");
 *     System.out.println(eve.read()); // prints: yes, by read("team:blue")
 * }
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package io.presence.access;

/**
 * Soft locks: the right to be the only one who edits something, for as long as the session of the holder lives.
 *
 * <p>{@link io.presence.session.PresenceSession#tryLock} and {@link io.presence.session.PresenceSession#lock} return a
 * {@link io.presence.lock.SoftLock}, with a token that a resource can compare. {@link io.presence.Presences#locks}
 * shows who holds which lock. A store has locks if its builder has a
 * {@link io.presence.PresenceStoreBuilder#lockPolicy}.
 *
 * <pre>{@code
 * try (ManualStore test = ManualStore.of(PresenceStore.builder().lockPolicy((user, resource) -> true));
 *         PresenceSession ada = test.store().open(Principal.user("ada").build());
 *         PresenceSession bob = test.store().open(Principal.user("bob").build())) {
 *     SoftLock lock = ada.tryLock("doc:42").orElseThrow();
 *     System.out.println(bob.tryLock("doc:42").isPresent()); // prints: false
 *
 *     lock.close();
 *     System.out.println(bob.tryLock("doc:42").orElseThrow().token() > lock.token()); // prints: true
 * }
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package io.presence.lock;

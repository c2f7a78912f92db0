/**
 * A kit for tests of code that uses the library: time that is moved by hand, a store without threads, a listener that
 * records and checks, and presences and events to call a listener with. It needs no test framework; what fails is an
 * {@link java.lang.AssertionError}.
 *
 * <pre>{@code
 * try (ManualStore test = ManualStore.create()) {
 *     RecordingListener listener = RecordingListener.create();
 *     test.store().subscribe(Channel.presences(), listener);
 *
 *     test.store().upsert(PresenceUpsert.of("tab-1", "ada", "online").expiresIn(Duration.ofSeconds(30)));
 *     test.run();
 *     System.out.println(listener.lines()); // prints: [ENTER tab-1 online]
 *
 *     test.advance(Duration.ofSeconds(30));
 *     System.out.println(listener.present()); // prints: {}
 * }
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package io.presence.testing;

/**
 * A kit for tests of code that uses the library: a manual clock, a store without threads, a listener that records and
 * checks its calls, and sample presences and events. It needs no test framework; a failed check is an
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

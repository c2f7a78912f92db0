/**
 * The presence store: short-lived presences that expire by themselves, and listeners that receive every change that is
 * visible to them. A presence says that a user is here now and what the user does.
 *
 * <p>{@link io.presence.PresenceStore} is the entry point. A tour:
 *
 * <pre>{@code
 * try (PresenceStore store = PresenceStore.builder().defaultTtl(Duration.ofSeconds(30)).build()) {
 *     // Trusted code names the owner of the presence that it writes.
 *     store.upsert(PresenceUpsert.of("tab-1", "ada", "online")
 *             .metadata(Map.of("documentId", "plan"))
 *             .permissions(Permission.read(Role.team("blue"))));
 *     // A heartbeat. It returns false if the presence has ended.
 *     store.touch("tab-1");
 *
 *     // A principal reads and writes what permissions allow.
 *     Presences bob = store.as(Principal.user("bob").team("blue").build());
 *     bob.upsert(PresenceUpsert.of("bob-phone", "online"));
 *
 *     // A subscription: first the visible presences, then each change, as ENTER UPDATE* EXIT for each presence.
 *     bob.subscribe(
 *             Channel.presences(),
 *             SubscriptionOptions.defaults().withSnapshot(),
 *             event -> System.out.println(event.change() + " " + event.presence().id()),
 *             Query.equal("metadata.documentId", "plan"));
 *     store.delivered().toCompletableFuture().join(); // prints: ENTER tab-1
 *
 *     // A patch keeps the fields that it does not set.
 *     store.update("tab-1", PresencePatch.none().status("away"));
 *     store.delivered().toCompletableFuture().join(); // prints: UPDATE tab-1
 * }
 * }</pre>
 *
 * <ul>
 *   <li><b>Writing:</b> {@link io.presence.PresenceUpsert} (all fields), {@link io.presence.PresencePatch} (some
 *       fields).
 *   <li><b>Reading:</b> {@link io.presence.Presence}, {@link io.presence.PresencePage},
 *       {@link io.presence.ListPlan}, with queries of {@link io.presence.query.Query}. The attributes are
 *       {@code $id userId status source $createdAt $updatedAt expiresAt} and {@code metadata.<path>} at any depth.
 *   <li><b>Subscribing:</b> {@link io.presence.Channel}, {@link io.presence.SubscriptionOptions},
 *       {@link io.presence.PresenceListener}, {@link io.presence.PresenceEvent}, {@link io.presence.Subscription}.
 *   <li><b>Sessions:</b> {@link io.presence.session.PresenceSession}, one for each connection.
 *   <li><b>Access:</b> {@link io.presence.Principal}, {@link io.presence.Scope}, {@link io.presence.Role},
 *       {@link io.presence.Permission}.
 *   <li><b>Monitoring:</b> {@link io.presence.PresenceStats}, {@link io.presence.PresenceHealth}.
 *   <li><b>Errors:</b> {@link java.lang.IllegalArgumentException} for an invalid argument,
 *       {@link io.presence.PresenceException} for a refused request, {@link io.presence.query.QueryException} for an
 *       invalid query.
 * </ul>
 *
 * <p><b>Threads.</b> The store, its views and its subscriptions are safe for use by any thread. Values are immutable.
 * Builders are for one thread. An executor, or the dispatcher of the store, calls listeners.
 */
@org.jspecify.annotations.NullMarked
package io.presence;

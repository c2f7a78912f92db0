/**
 * Who is here right now, doing what: a store of short-lived presences that expire by themselves, and listeners that are
 * told every change that they may see.
 *
 * <p>{@link io.presence.PresenceStore} is the door. A tour:
 *
 * <pre>{@code
 * try (PresenceStore store = PresenceStore.builder().defaultTtl(Duration.ofSeconds(30)).build()) {
 *     // The host's own code is trusted, and says whose presence it writes.
 *     store.upsert(PresenceUpsert.of("tab-1", "ada", "online")
 *             .metadata(Map.of("documentId", "plan"))
 *             .permissions(Permission.read(Role.team("blue"))));
 *     // A heartbeat: false once it is gone.
 *     store.touch("tab-1");
 *
 *     // A principal sees and writes what it may.
 *     Presences bob = store.as(Principal.user("bob").team("blue").build());
 *     bob.upsert(PresenceUpsert.of("bob-phone", "online"));
 *
 *     // Live: what is there already, then every step, ENTER UPDATE* EXIT per presence.
 *     bob.subscribe(
 *             Channel.presences(),
 *             SubscriptionOptions.defaults().withSnapshot(),
 *             event -> System.out.println(event.change() + " " + event.presence().id()),
 *             Query.equal("metadata.documentId", "plan"));
 *     store.delivered().toCompletableFuture().join(); // prints: ENTER tab-1
 *
 *     // What is not named stays.
 *     store.update("tab-1", PresencePatch.none().status("away"));
 *     store.delivered().toCompletableFuture().join(); // prints: UPDATE tab-1
 * }
 * }</pre>
 *
 * <ul>
 *   <li><b>Write:</b> {@link io.presence.PresenceUpsert} (whole), {@link io.presence.PresencePatch} (some fields).
 *   <li><b>Read:</b> {@link io.presence.Presence}, {@link io.presence.PresencePage} ({@link io.presence.ListPlan}),
 *       with queries of {@link io.presence.query.Query}. Attributes:
 *       {@code $id userId status source $createdAt $updatedAt expiresAt} and {@code metadata.<path>} at any depth.
 *   <li><b>Listen:</b> {@link io.presence.Channel}, {@link io.presence.Subscription},
 *       {@link io.presence.PresenceListener}, {@link io.presence.PresenceEvent}.
 *   <li><b>Watch:</b> {@link io.presence.PresenceStats}.
 *   <li><b>Permit:</b> {@link io.presence.Principal}, {@link io.presence.Scope}, {@link io.presence.Role},
 *       {@link io.presence.Permission}.
 *   <li><b>Refuse:</b> {@link java.lang.IllegalArgumentException} for what breaks a rule,
 *       {@link io.presence.PresenceException} for what may not be done,
 *       {@link io.presence.query.QueryException} for a bad query.
 * </ul>
 *
 * <p><b>Threads.</b> The store, its views and subscriptions are for any thread; value types are immutable; builders are
 * for one thread. Listeners are called by an executor, or by the store's dispatcher if they are to be.
 */
@org.jspecify.annotations.NullMarked
package io.presence;

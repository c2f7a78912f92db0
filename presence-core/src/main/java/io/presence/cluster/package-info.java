/**
 * Several stores on several nodes that show one picture, over an engine that the host chooses.
 *
 * <p>Each presence is owned by the node on which it was written last. That node sends its changes and its end; the
 * other nodes show them in their lists, subscriptions, user views and counts. A write on another node takes the
 * presence over, without an EXIT and an ENTER. {@link io.presence.testing.LocalNetwork} connects stores in a test.
 *
 * <pre>{@code
 * LocalNetwork network = LocalNetwork.create();
 * ManualStore one = ManualStore.of(PresenceStore.builder().cluster(ClusterOptions.over(network.join("one"))));
 * ManualStore other = ManualStore.of(PresenceStore.builder().cluster(ClusterOptions.over(network.join("other"))));
 * one.store().upsert(PresenceUpsert.of("ada-laptop", "ada", "online"));
 * one.run();
 * other.run();
 *
 * other.store().touch("ada-laptop"); // ada's heartbeats now arrive here
 * other.run();
 * one.run();
 * System.out.println(one.store().cluster().orElseThrow().ownPresences()); // prints: 0
 * System.out.println(one.store().get("ada-laptop").status()); // prints: online
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package io.presence.cluster;

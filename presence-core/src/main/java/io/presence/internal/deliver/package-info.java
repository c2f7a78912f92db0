/**
 * One subscription: what it has yet to be told, and the telling of it, serially, on an executor or on the dispatcher.
 *
 * <p>{@link io.presence.internal.deliver.LiveSubscription} is the door. The dispatcher leaves
 * {@linkplain io.presence.internal.deliver.Step steps} in the {@linkplain io.presence.internal.deliver.Mailbox mailbox};
 * whoever has the {@linkplain io.presence.internal.deliver.Turns turn} takes them out and calls the listener through the
 * {@linkplain io.presence.internal.deliver.Gate gate}. Neither waits for the other. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.internal.deliver;

/**
 * One subscription, and the telling of what its {@linkplain io.presence.internal.mailbox mailbox} holds: serially, on an
 * executor or on the dispatcher, through a {@linkplain io.presence.internal.deliver.Gate gate}.
 *
 * <p>{@link io.presence.internal.deliver.LiveSubscription} is the door. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.internal.deliver;

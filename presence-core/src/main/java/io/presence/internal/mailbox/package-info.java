/**
 * What a subscription has yet to be told: {@linkplain io.presence.internal.mailbox.Step steps}, merged to at most one change
 * per presence, in a {@linkplain io.presence.internal.mailbox.Mailbox mailbox} that the dispatcher fills and whoever has the
 * {@linkplain io.presence.internal.mailbox.Turns turn} empties. Neither waits for the other. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.internal.mailbox;

/**
 * The views of a store: values by key, such as users or counts, folded from the presences that one principal sees, and
 * the subscriptions that follow them.
 *
 * <p>{@link io.presence.internal.view.Views} is the entry point. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.internal.view;

/**
 * The dispatcher: the duty cycle, the threads that run it, and the dispatch of changed entries and expirations.
 *
 * <p>{@link io.presence.internal.dispatch.DutyCycle} is the entry point. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.internal.dispatch;

/** What makes the duty cycle go round: a thread that parks, or the caller. Not exported. */
@org.jspecify.annotations.NullMarked
package io.presence.internal.run;

/**
 * Fuzz tests: each input is a valid one that was spoiled by a seeded {@link io.presence.fuzz.Mutator}. It must be
 * refused with the documented exception, or be accepted and mean the same when it is written and read again.
 */
package io.presence.fuzz;

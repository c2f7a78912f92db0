/**
 * Texts that a store gives to callers and recognizes later: authenticated with a secret, bound to a query. Not
 * exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.internal.token;

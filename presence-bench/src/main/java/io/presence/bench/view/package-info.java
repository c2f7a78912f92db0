/** User views and live counts: the bytes of each user, and the cost of each change. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.view;

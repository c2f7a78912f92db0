/** What ends by itself: what it costs to end a million at once, to put them off, and to wait for them; and how late. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.expiry;

/** Those who keep presences and tell of their changes. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.system.peer;

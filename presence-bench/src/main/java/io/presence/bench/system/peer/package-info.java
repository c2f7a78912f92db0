/** Those who keep presences and deliver of their changes. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.system.peer;

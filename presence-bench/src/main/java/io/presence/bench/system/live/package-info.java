/** What is asked of everybody who keeps presences and tells of their changes. */
@org.jspecify.annotations.NullMarked
package io.presence.bench.system.live;

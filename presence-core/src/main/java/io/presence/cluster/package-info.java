/**
 * Several stores on several nodes that show one picture. An engine that the host chooses does membership and messaging.
 */
@org.jspecify.annotations.NullMarked
package io.presence.cluster;

/** A terminal program that is one node of a cluster. */
@org.jspecify.annotations.NullMarked
package io.presence.examples.cluster;

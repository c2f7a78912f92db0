/** A transport of a clustered store over JGroups. */
@org.jspecify.annotations.NullMarked
package io.presence.jgroups;

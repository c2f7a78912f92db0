/** A transport of a clustered store over Redis. */
@org.jspecify.annotations.NullMarked
package io.presence.redis;

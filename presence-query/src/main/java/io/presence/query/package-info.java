/** The query language. */
@org.jspecify.annotations.NullMarked
package io.presence.query;

/** The presence store. */
@org.jspecify.annotations.NullMarked
package io.presence;

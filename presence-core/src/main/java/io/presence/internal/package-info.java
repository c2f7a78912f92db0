/** Puts the parts of a store together behind the public interfaces. Not exported. */
@org.jspecify.annotations.NullMarked
package io.presence.internal;

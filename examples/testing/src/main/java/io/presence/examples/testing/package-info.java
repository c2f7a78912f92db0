/** A small application of the library, which the tests beside it test in virtual time. */
@org.jspecify.annotations.NullMarked
package io.presence.examples.testing;

/** The jcstress tests: races of operations of a store, with every outcome that is permitted. */
@org.jspecify.annotations.NullMarked
package io.presence.stress;

/** Tests that race the store's operations against each other and name every outcome that may be seen. */
@org.jspecify.annotations.NullMarked
package io.presence.stress;

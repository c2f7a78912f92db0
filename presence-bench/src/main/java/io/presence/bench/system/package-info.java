/**
 * The path from a write to the listeners whose interest it matches, beside the combinations that users would build
 * instead.
 */
@org.jspecify.annotations.NullMarked
package io.presence.bench.system;

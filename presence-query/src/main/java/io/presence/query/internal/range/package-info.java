/** Where queries are filed by ranges of values: a tree for one, a grid for two together. Not exported. */
@org.jspecify.annotations.NullMarked
package io.presence.query.internal.range;

package io.presence.query.internal.index;

/**
 * A closed rectangle. Rounding can put a number near an edge inside, and never outside.
 *
 * @param x1 the left edge
 * @param x2 the right edge, finite and not less
 * @param y1 the lower edge
 * @param y2 the upper edge, finite and not less
 */
record Box(double x1, double x2, double y1, double y2) {}

package io.presence.query.internal.index;

/**
 * A rectangle, its edges included. A number on an edge may be taken to be within by rounding, but none is taken to be
 * outside.
 *
 * @param x1 from where
 * @param x2 to where, finite and not less
 * @param y1 from where
 * @param y2 to where, finite and not less
 */
record Box(double x1, double x2, double y1, double y2) {}

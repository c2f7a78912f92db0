package io.presence.query.internal.index;

import io.presence.query.internal.hash.KeyedList;

/**
 * The cells of one size of a {@link BoxGrid}. Width and height are powers of two, so that division by them is exact.
 */
final class GridLevel implements KeyedList.Element<Integer> {

    private static final int WIDTHS = 4096;

    private final Integer key;
    private final double perWidth;
    private final double perHeight;
    private int users;

    GridLevel(int width, int height) {
        this.key = key(width, height);
        this.perWidth = Math.scalb(1.0, -width);
        this.perHeight = Math.scalb(1.0, -height);
    }

    /** Returns the key of a size of cells. */
    static Integer key(int width, int height) {
        return (width + Double.MAX_EXPONENT) * WIDTHS + height + Double.MAX_EXPONENT;
    }

    @Override
    public Integer key() {
        return key;
    }

    long column(double x) {
        return (long) Math.floor(x * perWidth);
    }

    long row(double y) {
        return (long) Math.floor(y * perHeight);
    }

    /** Returns the distance of a coordinate from the left of a column, in widths. */
    float across(double x, long column) {
        return (float) (x * perWidth - column);
    }

    /** Returns the distance of a coordinate from the bottom of a row, in heights. */
    float up(double y, long row) {
        return (float) (y * perHeight - row);
    }

    void use() {
        users++;
    }

    /** Returns whether it is still in use. */
    boolean unuse() {
        return --users > 0;
    }
}

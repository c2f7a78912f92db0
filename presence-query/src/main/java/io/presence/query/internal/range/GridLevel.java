package io.presence.query.internal.range;

/** The cells of one size of a {@link BoxGrid}; width and height are powers of two, so that dividing by them is exact. */
final class GridLevel {
    private final int width;
    private final int height;
    private final double perWidth;
    private final double perHeight;
    private int users;

    GridLevel(int width, int height) {
        this.width = width;
        this.height = height;
        this.perWidth = Math.scalb(1.0, -width);
        this.perHeight = Math.scalb(1.0, -height);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    boolean is(int otherWidth, int otherHeight) {
        return width == otherWidth && height == otherHeight;
    }

    boolean isLargeEnough(int otherWidth, int otherHeight) {
        return width >= otherWidth && height >= otherHeight;
    }

    long column(double x) {
        return (long) Math.floor(x * perWidth);
    }

    long row(double y) {
        return (long) Math.floor(y * perHeight);
    }

    /** How far a coordinate is from the left of a column, in widths. */
    float across(double x, long column) {
        return (float) (x * perWidth - column);
    }

    /** How far a coordinate is from the bottom of a row, in heights. */
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

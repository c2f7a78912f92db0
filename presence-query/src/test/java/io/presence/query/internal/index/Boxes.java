package io.presence.query.internal.index;

/** A box, evaluated by its definition. */
final class Boxes {

    private Boxes() {}

    static boolean contains(Box box, double x, double y) {
        return x >= box.x1() && x <= box.x2() && y >= box.y1() && y <= box.y2();
    }
}

package io.presence.query.internal.index;

/** A query with a number, filed once. */
public final class Entry extends Posting<Entry> {

    private final int id;

    /** Makes a query that is filed nowhere. */
    public Entry(int id) {
        this.id = id;
    }

    /** Returns the number. */
    public int id() {
        return id;
    }

    @Override
    public Entry query() {
        return this;
    }

    @Override
    public String toString() {
        return "entry " + id;
    }
}

package io.presence.query.internal.posting;

/** A query with a number, filed once. */
final class Entry extends Filing<Entry> {
    final int id;

    Entry(int id) {
        this.id = id;
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

package io.presence.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * The places that an entry has in its store, and what else is noted of it in one bit each. A place is passed on from the entry
 * of one life to that of the next, or given back, once.
 *
 * <p><b>Errors.</b> Each call of {@link Places} comes before the note of it, with nothing between them that can fail.
 *
 * <p><b>Threads.</b> Guarded by this object's monitor.
 */
abstract class PlaceHolder extends Lease {

    /** A capture has met it alive. */
    static final int CAPTURED_ALIVE = 1;

    /** Its end is noted, but it is still posted by what it was. */
    static final int POSTED = 2;

    /* It has the place of an entry; that of a living presence. */
    private static final int HELD = 4;
    private static final int LIVING = 8;

    private byte notes;

    PlaceHolder(long now, long ttl) {
        super(now, ttl);
    }

    final boolean has(int note) {
        return (notes & note) != 0;
    }

    final void set(int note) {
        notes |= (byte) note;
    }

    final void clear(int note) {
        notes &= (byte) ~note;
    }

    /** Takes the places of a new entry. Returns what refuses them, or null. */
    final Places.@Nullable Limit take(Places places) {
        Places.Limit refused = places.take();
        if (refused == null) {
            notes |= HELD | LIVING;
        }
        return refused;
    }

    /** Takes the places of the life before. False if that has none of a living presence, nor is one free. */
    final boolean inherit(PlaceHolder over, Places places) {
        if (!over.has(LIVING) && !places.takeLiving()) {
            return false;
        }
        notes |= HELD | LIVING;
        over.notes &= ~(HELD | LIVING);
        return true;
    }

    /** Undoes {@link #inherit}, except that the life before is over, and has no place of a living presence. */
    final void giveUp(PlaceHolder over, Places places) {
        giveBackLiving(places);
        notes &= ~HELD;
        over.notes |= HELD;
    }

    /** Gives back what places it has. */
    final void giveBack(Places places) {
        giveBackLiving(places);
        if (has(HELD)) {
            places.giveBackEntry();
            notes &= ~HELD;
        }
    }

    /** Gives back the place of a living presence, if it has one. */
    final void giveBackLiving(Places places) {
        if (has(LIVING)) {
            places.giveBackLiving();
            notes &= ~LIVING;
        }
    }
}

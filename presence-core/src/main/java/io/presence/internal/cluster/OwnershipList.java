package io.presence.internal.cluster;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The ownerships of one node, with their number and the hash of the set of their ids and revisions.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class OwnershipList {

    private @Nullable Ownership first;
    private @Nullable Ownership last;
    private long size;
    private long hash;

    @Nullable Ownership first() {
        return first;
    }

    long size() {
        return size;
    }

    long hash() {
        return hash;
    }

    void append(Ownership added) {
        added.previous = last;
        added.next = null;
        if (last == null) {
            first = added;
        } else {
            last.next = added;
        }
        last = added;
        size++;
        hash += added.hash();
    }

    /** Removes an ownership, before its revision is changed. */
    void remove(Ownership removed) {
        if (removed.previous == null) {
            first = removed.next;
        } else {
            removed.previous.next = removed.next;
        }
        if (removed.next == null) {
            last = removed.previous;
        } else {
            requireNonNull(removed.next).previous = removed.previous;
        }
        removed.previous = null;
        removed.next = null;
        size--;
        hash -= removed.hash();
    }
}

package io.presence.internal.cluster;

/**
 * The revisions in the digests of a node, compared with the revision of its copy. The copy is behind if one digest is
 * after it. A digest that is before it can be late, so only several in a row show that the copy may be ahead.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class DigestRevisions {

    private static final int MAX_LATE = 2;

    private long greatest;
    /* The revision of the copy at the first of the digests that were before it. */
    private long awaited;
    private int lower;

    /**
     * Notes a digest.
     *
     * @param copied the revision of the copy, or {@link PeerCopy#UNKNOWN} if it is not to be compared
     */
    void note(long revision, long copied) {
        greatest = Math.max(greatest, revision);
        if (revision >= copied) {
            lower = 0;
        } else if (lower == 0 || revision >= awaited) {
            awaited = copied;
            lower = 1;
        } else {
            lower++;
        }
    }

    /** Returns whether a copy at a revision is behind its node, or may be ahead of it. */
    boolean isApartFrom(long copied) {
        return copied < greatest || lower > MAX_LATE;
    }

    /** Forgets all digests. */
    void forget() {
        greatest = 0;
        lower = 0;
    }
}

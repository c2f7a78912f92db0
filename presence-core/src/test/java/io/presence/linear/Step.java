package io.presence.linear;

/**
 * A step of the specified presence: a call, or a part of one.
 *
 * <p>An upsert that replaces a live presence has two steps. Its first one extends or shortens the lease, which decides
 * whether the presence is still alive. Its second one publishes the status and the version.
 */
record Step(Call call, Part part) {

    /** A part of a call. */
    enum Part {
        WHOLE,
        LEASE,
        PUBLICATION
    }

    /** Returns whether it comes before another step in each order. */
    boolean precedes(Step other) {
        return call.precedes(other.call)
                || (call == other.call && part == Part.LEASE && other.part == Part.PUBLICATION);
    }
}

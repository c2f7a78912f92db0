package io.presence.linear;

import io.presence.Version;
import org.jspecify.annotations.Nullable;

/**
 * An operation on one presence or on the clock, with its arguments.
 *
 * @param status the status that is written
 * @param ticks the TTL, or 0 for that of the last write; of {@code ADVANCE}, the time that passes
 * @param version the condition of {@code IF_VERSION} and {@code DELETE_VERSION}
 */
record Operation(
        Kind kind, int status, long ticks, @Nullable Version version) {

    /** A method of the store or of its clock. */
    enum Kind {
        UPSERT,
        IF_ABSENT,
        IF_VERSION,
        PATCH,
        TOUCH,
        DELETE,
        DELETE_VERSION,
        GET,
        ADVANCE;

        /** Returns whether the method takes the monitor of the presence. */
        boolean isWrite() {
            return this != TOUCH && this != GET && this != ADVANCE;
        }
    }

    static Operation upsert(int status, long ticks) {
        return new Operation(Kind.UPSERT, status, ticks, null);
    }

    static Operation ifAbsent(int status, long ticks) {
        return new Operation(Kind.IF_ABSENT, status, ticks, null);
    }

    static Operation ifVersion(int status, long ticks, Version version) {
        return new Operation(Kind.IF_VERSION, status, ticks, version);
    }

    static Operation patch(int status) {
        return new Operation(Kind.PATCH, status, 0, null);
    }

    static Operation touch(long ticks) {
        return new Operation(Kind.TOUCH, 0, ticks, null);
    }

    static Operation delete() {
        return new Operation(Kind.DELETE, 0, 0, null);
    }

    static Operation delete(Version version) {
        return new Operation(Kind.DELETE_VERSION, 0, 0, version);
    }

    static Operation get() {
        return new Operation(Kind.GET, 0, 0, null);
    }

    static Operation advance(long ticks) {
        return new Operation(Kind.ADVANCE, 0, ticks, null);
    }
}

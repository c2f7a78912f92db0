package io.presence.internal.cluster;

import io.presence.PresenceStoreBuilder;

/**
 * The numbers of the binary form of frames.
 *
 * <p>A frame is a header of {@value #HEADER_BYTES} bytes and a body. The header has the major version, the minor
 * version, the kind, the space and the origin. Numbers in bodies are varints (LEB128), in the zigzag form if they can
 * be negative; nonces, hashes and identities have all their bytes, the highest first. A text is its length in bytes and
 * {@link TextForm}. An operation is an opcode, the length of its body and the body.
 *
 * <p>A minor version adds kinds, opcodes, bits of flags, and fields at the end of bodies. A reader of an older one
 * skips them. Any other change is a new major version, which older readers refuse.
 */
final class FrameFormat {

    static final int MAJOR = 1;
    static final int MINOR = 0;
    static final int HEADER_BYTES = 20;

    /** The place of the number of the space in the header. */
    static final int SPACE_OFFSET = 3;

    static final int DELTA = 1;
    static final int DIGEST = 2;
    static final int PULL = 3;
    static final int CHUNK = 4;
    static final int BYE = 5;

    /** The space of locks. That of the other presences is 0. */
    static final int LOCK_SPACE = 1;

    static final int PUT = 1;
    static final int END = 2;

    /* The flags of a put. */
    static final int HAS_SOURCE = 1;
    static final int HAS_PERMISSIONS = 2;
    static final int HAS_LADDER = 4;
    static final int HAS_OTHER_CREATOR = 8;

    /* The flags of an end. HAS_OTHER_CREATOR applies too. */
    static final int HAS_CLAIM = 1;

    /* The flags of a chunk. */
    static final int IS_LAST = 1;

    /* The tags of values in metadata. */
    static final int NULL = 0;
    static final int FALSE = 1;
    static final int TRUE = 2;
    static final int LONG = 3;
    static final int INTEGER = 4;
    static final int SHORT = 5;
    static final int BYTE = 6;
    static final int BIG_INTEGER = 7;
    static final int BIG_DECIMAL = 8;
    static final int DOUBLE = 9;
    static final int FLOAT = 10;
    static final int TEXT = 11;
    static final int LIST = 12;
    static final int MAP = 13;

    /** The largest revision, epoch and number of presences. */
    static final long MAX_REVISION = 1L << 62;

    static final int MAX_ACTIONS = 7;

    /** The largest number of a part of a snapshot. A receiver keeps a bit for each part up to it. */
    static final int MAX_PART = 1 << 26;

    /** The largest of the 46 bits, one of which is the sign. */
    static final long MAX_INCARNATION = (1L << 45) - 1;

    /** The range of times of 48 bits, in milliseconds. */
    static final long MAX_TIME = (1L << 47) - 1;

    static final long MIN_TIME = -MAX_TIME - 1;

    static final long MAX_TTL_MILLIS = PresenceStoreBuilder.MAX_TTL.toMillis();

    /** The largest time of {@code ClusterOptions}. */
    static final long MAX_HOLD_MILLIS = 3_600_000;

    static final int MAX_LEVELS = 32;

    private FrameFormat() {}
}

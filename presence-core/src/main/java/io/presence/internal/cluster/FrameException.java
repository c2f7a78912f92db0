package io.presence.internal.cluster;

/** Reports a frame that is malformed or of another major version. It has no stack trace, as others cause it. */
final class FrameException extends RuntimeException {

    private static final long serialVersionUID = 1;

    FrameException(String message) {
        super(message, null, false, false);
    }
}

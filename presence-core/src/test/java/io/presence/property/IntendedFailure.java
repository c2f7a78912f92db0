package io.presence.property;

/** What a listener throws because it was told to, and not because it found something wrong. */
final class IntendedFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    IntendedFailure() {
        super("on purpose", null, false, false);
    }
}

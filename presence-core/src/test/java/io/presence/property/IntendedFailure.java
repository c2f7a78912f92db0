package io.presence.property;

/** The error that a test makes a listener throw, apart from failed checks. */
final class IntendedFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    IntendedFailure() {
        super("on purpose", null, false, false);
    }
}

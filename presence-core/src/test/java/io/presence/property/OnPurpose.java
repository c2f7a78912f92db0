package io.presence.property;

/** What a listener throws because it was told to, and not because it found something wrong. */
final class OnPurpose extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OnPurpose() {
        super("on purpose", null, false, false);
    }
}

package io.presence.examples.gateway.realtime;

/** A message that is answered with an error. */
final class ProtocolException extends RuntimeException {

    static final int INVALID = 1003;
    static final int POLICY = 1008;
    static final int TOO_MANY = 1013;

    private static final long serialVersionUID = 1L;

    private final int code;

    ProtocolException(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    static ProtocolException invalid(String message) {
        return new ProtocolException(INVALID, message);
    }

    int code() {
        return code;
    }
}

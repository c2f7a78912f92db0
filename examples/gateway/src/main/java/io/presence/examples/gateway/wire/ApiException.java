package io.presence.examples.gateway.wire;

import org.jspecify.annotations.Nullable;

/** An error with its name in Appwrite, by which a request or message is answered. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;
    private final @Nullable String socketMessage;
    private final int retryAfterSeconds;

    /**
     * Creates an error.
     *
     * @param status the HTTP status
     * @param type the name of the error in Appwrite
     * @param message the text for developers
     */
    public ApiException(int status, String type, String message) {
        this(status, type, message, null, 0);
    }

    private ApiException(
            int status, String type, String message, @Nullable String socketMessage, int retryAfterSeconds) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.socketMessage = socketMessage;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** Returns the error of an argument that breaks a rule. */
    public static ApiException argument(String parameter, String rule) {
        return new ApiException(
                400,
                "general_argument_invalid",
                "Invalid `" + parameter + "` param: " + rule,
                parameter + ": " + rule,
                0);
    }

    /** Returns the error of a missing argument. */
    public static ApiException missing(String parameter) {
        String name = Character.toUpperCase(parameter.charAt(0)) + parameter.substring(1);
        return new ApiException(
                400,
                "general_argument_invalid",
                "Param \"" + parameter + "\" is not optional.",
                "Payload is not valid. " + name + " is required",
                0);
    }

    /**
     * Returns the error of a limit that is exceeded.
     *
     * @param retryAfterSeconds the seconds after which to try again; 0 if unknown
     */
    public static ApiException tooMany(String type, String message, int retryAfterSeconds) {
        return new ApiException(429, type, message, null, retryAfterSeconds);
    }

    /** Returns the error of a quota that is exceeded. */
    public static ApiException rateLimit(int retryAfterSeconds) {
        return tooMany(
                "general_rate_limit_exceeded",
                "Rate limit for the current endpoint has been exceeded. Please try again after some time.",
                retryAfterSeconds);
    }

    /** Returns the error of a presence that does not exist or is not readable. */
    public static ApiException noPresence() {
        return new ApiException(404, "presence_not_found", "Presence with the requested ID could not be found.");
    }

    /** Returns the error of a cursor that names no readable presence. */
    public static ApiException noCursor() {
        return new ApiException(
                400,
                "general_cursor_not_found",
                "The cursor is invalid. This can happen if the item represented by the cursor has been deleted.");
    }

    /** Returns the error of a caller without the permission. */
    public static ApiException unauthorized(String message) {
        return new ApiException(401, "user_unauthorized", message);
    }

    /** Returns the error of a caller without the scope. */
    public static ApiException scope(String message) {
        return new ApiException(401, "general_unauthorized_scope", message);
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns the text for sockets of an argument that breaks a rule; null for any other error. */
    public @Nullable String socketMessage() {
        return socketMessage;
    }

    /** Returns the seconds after which to try again; 0 if that is not known. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** Returns the name of the error in Appwrite. */
    public String type() {
        return type;
    }
}

package io.presence.examples.gateway.wire;

import org.jspecify.annotations.Nullable;

/** A request that is answered with an error of Appwrite's names. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;
    private final @Nullable String socketMessage;
    private final int retryAfterSeconds;

    /**
     * Makes an answer.
     *
     * @param status the HTTP status
     * @param type Appwrite's name of the error
     * @param message for people
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

    /** An argument that breaks a rule. */
    public static ApiException argument(String parameter, String rule) {
        return new ApiException(
                400,
                "general_argument_invalid",
                "Invalid `" + parameter + "` param: " + rule,
                parameter + ": " + rule,
                0);
    }

    /** An argument that is missing. */
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
     * More than a limit allows.
     *
     * @param retryAfterSeconds when to try again; 0 if that is not known
     */
    public static ApiException tooMany(String type, String message, int retryAfterSeconds) {
        return new ApiException(429, type, message, null, retryAfterSeconds);
    }

    /** More requests than a quota allows. */
    public static ApiException rateLimit(int retryAfterSeconds) {
        return tooMany(
                "general_rate_limit_exceeded",
                "Rate limit for the current endpoint has been exceeded. Please try again after some time.",
                retryAfterSeconds);
    }

    /** A presence that is not there, or not to be seen. */
    public static ApiException noPresence() {
        return new ApiException(404, "presence_not_found", "Presence with the requested ID could not be found.");
    }

    /** A cursor that stands for nothing, or nothing that the caller may know of. */
    public static ApiException noCursor() {
        return new ApiException(
                400,
                "general_cursor_not_found",
                "The cursor is invalid. This can happen if the item represented by the cursor has been deleted.");
    }

    /** Somebody who may not do that to a presence or in general. */
    public static ApiException unauthorized(String message) {
        return new ApiException(401, "user_unauthorized", message);
    }

    /** Somebody without the scope. */
    public static ApiException scope(String message) {
        return new ApiException(401, "general_unauthorized_scope", message);
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns how a socket words an argument that breaks a rule; null for any other error. */
    public @Nullable String socketMessage() {
        return socketMessage;
    }

    /** Returns the seconds after which to try again; 0 if that is not known. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** Returns Appwrite's name of the error. */
    public String type() {
        return type;
    }
}

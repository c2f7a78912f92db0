package io.presence.rights;

import io.presence.PresenceException;
import java.util.concurrent.Callable;

/** The answers of calls as text, so that what one caller is answered can be compared with another answer. */
final class Answers {

    private Answers() {}

    /** Returns the result of a call as text, or the code and the message of the error that refuses it. */
    static String of(Callable<?> call) {
        try {
            return String.valueOf(call.call());
        } catch (PresenceException refusal) {
            return refusal.code() + ": " + refusal.getMessage();
        } catch (Exception e) {
            throw new AssertionError("a call must be answered or refused", e);
        }
    }
}

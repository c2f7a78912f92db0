package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.presence.PresenceException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions about the error codes of the store. */
final class ErrorCodes {

    private ErrorCodes() {}

    /** Fails unless the call is refused with the code; returns the message. */
    static String assertRefused(PresenceException.Code code, ThrowingCallable call) {
        PresenceException refusal = catchThrowableOfType(PresenceException.class, call);
        assertThat(refusal).as("refusal").isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        return refusal.getMessage();
    }
}

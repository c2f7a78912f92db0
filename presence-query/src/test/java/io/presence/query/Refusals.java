package io.presence.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts that a query is refused, with the code, the path and the whole message. */
final class Refusals {

    private Refusals() {}

    static void assertRefused(ThrowingCallable call, QueryException.Code code, String path, String message) {
        assertRefused(call, code, path, -1, message);
    }

    static void assertRefused(
            ThrowingCallable call, QueryException.Code code, String path, int offset, String message) {
        QueryException refusal = catchThrowableOfType(QueryException.class, call);

        assertThat(refusal).as("refusal").isNotNull();
        assertThat(refusal).hasMessage(path.equals("$") ? message : message + " (at " + path + ")");
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.path()).isEqualTo(path);
        assertThat(refusal.offset()).isEqualTo(offset);
    }
}

package io.presence.inputs;

import io.presence.PresenceException;
import io.presence.query.QueryException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A call with a wrong argument, and the exact text of its refusal. */
record WrongInput(String description, Class<? extends Exception> type, String message, ThrowingCallable call) {

    static WrongInput absent(String description, String message, ThrowingCallable call) {
        return new WrongInput(description, NullPointerException.class, message, call);
    }

    static WrongInput argument(String description, String message, ThrowingCallable call) {
        return new WrongInput(description, IllegalArgumentException.class, message, call);
    }

    static WrongInput state(String description, String message, ThrowingCallable call) {
        return new WrongInput(description, IllegalStateException.class, message, call);
    }

    static WrongInput request(String description, String message, ThrowingCallable call) {
        return new WrongInput(description, PresenceException.class, message, call);
    }

    static WrongInput query(String description, String message, ThrowingCallable call) {
        return new WrongInput(description, QueryException.class, message, call);
    }

    @Override
    public String toString() {
        return description;
    }
}

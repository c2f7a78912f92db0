package io.presence.examples.gateway.realtime;

import io.presence.examples.gateway.account.Caller;
import io.presence.examples.gateway.account.Session;
import io.presence.examples.gateway.limit.Pace;
import io.presence.examples.gateway.limit.Paces;
import org.jspecify.annotations.Nullable;

/**
 * The pace at which the messages of one socket are read: its own, and those that it shares with all sockets of its user
 * and of its address.
 *
 * <p><b>Threads.</b> For the socket's event loop.
 */
final class MessagePace {

    private final Pace own;
    private final Paces ofUser;
    private final Paces ofAddress;
    private final String address;

    MessagePace(Pace own, Paces ofUser, Paces ofAddress, String address) {
        this.own = own;
        this.ofUser = ofUser;
        this.ofAddress = ofAddress;
        this.address = address;
    }

    /** Counts a message. */
    void take(Caller caller) {
        own.take();
        ofAddress.take(address);
        String user = user(caller);
        if (user != null) {
            ofUser.take(user);
        }
    }

    /** Returns the nanoseconds until the next message may be read; 0 if it may be read now. */
    long waitNanos(Caller caller) {
        String user = user(caller);
        long shared = Math.max(ofAddress.waitNanos(address), user == null ? 0 : ofUser.waitNanos(user));
        return Math.max(own.waitNanos(), shared);
    }

    private static @Nullable String user(Caller caller) {
        Session session = caller.session();
        return session == null ? null : session.user().id();
    }
}

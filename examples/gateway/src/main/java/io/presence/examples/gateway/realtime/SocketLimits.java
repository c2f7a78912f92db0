package io.presence.examples.gateway.realtime;

import java.time.Duration;

/**
 * Bounds on the sockets.
 *
 * @param sockets sockets at once
 * @param perAddress sockets at once of one address
 * @param connectsPerMinute sockets that an address may open in a minute
 * @param messagesPerMinute messages that are read from one socket in a minute
 * @param subscriptions subscriptions of one socket
 * @param channels channels of one subscription
 * @param presences presences that one socket keeps
 * @param timeout the silence after which a socket is closed
 * @param pongsAlone the time for which pongs alone keep the presences of a socket
 * @param writeQueue bytes in the write queue of a socket at which its subscriptions are paused
 */
public record SocketLimits(
        int sockets,
        int perAddress,
        int connectsPerMinute,
        int messagesPerMinute,
        int subscriptions,
        int channels,
        int presences,
        Duration timeout,
        Duration pongsAlone,
        int writeQueue) {

    /** The longest message, in bytes. */
    public static final int MAX_FRAME = 64_000;

    /**
     * The timeout is longer than a minute, since browsers fire the timers of a hidden page once a minute. 1,200
     * messages a minute are enough for a cursor that moves all the time; Appwrite allows 32.
     */
    public static final SocketLimits DEFAULT = new SocketLimits(
            20_000, 5000, 3000, 1200, 1000, 100, 100, Duration.ofSeconds(90), Duration.ofMinutes(10), 64 * 1024);

    /** Returns these limits with other numbers of sockets. */
    public SocketLimits withSockets(int all, int ofAddress, int connects) {
        return new SocketLimits(
                all,
                ofAddress,
                connects,
                messagesPerMinute,
                subscriptions,
                channels,
                presences,
                timeout,
                pongsAlone,
                writeQueue);
    }

    /** Returns these limits with another number of messages in a minute. */
    public SocketLimits withMessagesPerMinute(int messages) {
        return new SocketLimits(
                sockets,
                perAddress,
                connectsPerMinute,
                messages,
                subscriptions,
                channels,
                presences,
                timeout,
                pongsAlone,
                writeQueue);
    }

    /** Returns these limits with other bounds on the content of one socket. */
    public SocketLimits withContent(int maxSubscriptions, int maxChannels, int maxPresences) {
        return new SocketLimits(
                sockets,
                perAddress,
                connectsPerMinute,
                messagesPerMinute,
                maxSubscriptions,
                maxChannels,
                maxPresences,
                timeout,
                pongsAlone,
                writeQueue);
    }

    /** Returns these limits with other times. */
    public SocketLimits withTimes(Duration silence, Duration pongs) {
        return new SocketLimits(
                sockets,
                perAddress,
                connectsPerMinute,
                messagesPerMinute,
                subscriptions,
                channels,
                presences,
                silence,
                pongs,
                writeQueue);
    }
}

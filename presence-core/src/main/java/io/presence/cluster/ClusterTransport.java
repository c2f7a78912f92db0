package io.presence.cluster;

import java.util.Set;

/**
 * The connection of a store to the stores on other nodes, by an engine that does membership, failure detection and
 * messaging. An adapter of such an engine implements it, and {@link ClusterOptions} takes it.
 *
 * <p><b>What an engine must do.</b> The names of members that it reports are finally those that it can reach. A frame
 * comes from the member that the engine names. Between two members that stay connected, some frames always arrive
 * later. It need not keep the order of frames, nor deliver each of them, nor deliver it once.
 *
 * <p><b>Threads.</b> {@link #broadcast} and {@link #send} are called on the dispatcher of the store, one at a time, and
 * must not block it: an adapter that can block uses a queue and a thread of its own, and drops frames if the queue is
 * full. {@link #start} is called by the thread that builds the store, {@link #close} once, by the dispatcher. The
 * methods of the {@link Receiver} can be called on any thread.
 */
public interface ClusterTransport {

    /** The largest frame of a transport that does not set another, in bytes. */
    int DEFAULT_MAX_FRAME_BYTES = 60_000;

    /** Receives frames and members. Its methods return at once, never block and do not throw. */
    interface Receiver {

        /**
         * Receives a frame.
         *
         * @param member the name of the sender, as the engine knows it and not as the frame says
         * @param frame the bytes; the caller does not use them afterwards
         */
        void onFrame(String member, byte[] frame);

        /**
         * Receives the names of all members that the engine can reach, other than this node. It is called for each
         * change, and at least once.
         *
         * @param others the full set
         */
        void onMembers(Set<String> others);
    }

    /**
     * Connects to the other nodes. It can block until this node has joined them.
     *
     * @param receiver receives from now on, even before this method returns
     * @throws RuntimeException if this node cannot join; the store is then not built
     */
    void start(Receiver receiver);

    /**
     * Sends a frame to all other members, by best effort. If this throws, it is counted, and the frame is taken as
     * lost.
     *
     * @param frame at most {@link #maxFrameBytes} bytes, or up to 400,000 if it has a single presence; not changed
     *     afterwards
     */
    void broadcast(byte[] frame);

    /**
     * Sends a frame to one member, by best effort. If this throws, it is counted, and the frame is taken as lost.
     *
     * @param member a name that the engine has reported; it may have left since
     * @param frame at most {@link #maxFrameBytes} bytes, or up to 400,000 if it has a single presence; not changed
     *     afterwards
     */
    void send(String member, byte[] frame);

    /**
     * Returns the size of the largest frame. One that holds a single presence can be larger than this if the presence
     * is: at most 400,000 bytes.
     *
     * @return bytes, at least 1,000
     */
    default int maxFrameBytes() {
        return DEFAULT_MAX_FRAME_BYTES;
    }

    /** Leaves the other nodes, after the frames that were sent before, by best effort. */
    void close();
}

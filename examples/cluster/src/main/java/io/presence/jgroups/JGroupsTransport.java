package io.presence.jgroups;

import static java.util.Objects.requireNonNull;

import io.presence.cluster.ClusterTransport;
import io.presence.transport.SendQueue;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.View;
import org.jgroups.stack.Protocol;
import org.jgroups.util.NameCache;
import org.jgroups.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A connection to other nodes over JGroups, with a stack of its own over TCP. Membership and the detection of failures
 * are those of JGroups: a node whose process ends is gone after a second, one that is paused or cut off after
 * {@link JGroupsOptions#suspectAfter} and the time to verify it. Parts of a cluster that was split find each other
 * within seconds after it has healed.
 *
 * <p><b>Guarantees.</b> A member is named by its node name and an identity that is new for each transport, so a node
 * that has restarted is another member. Frames are sent once, without retransmission: one is lost if a connection
 * breaks or if a member reads too slowly, and the store asks for what it misses. One member that does not read delays
 * no other and occupies at most 64 MiB.
 *
 * <p><b>Threads.</b> A call adds the frame to a queue and returns. One thread sends; the threads of JGroups call the
 * receiver.
 */
public final class JGroupsTransport implements ClusterTransport {

    private static final Duration TIME_TO_SEND_THE_REST = Duration.ofSeconds(2);

    private final JChannel channel;
    private final String clusterName;
    private final SendQueue queue;
    private final Map<Address, String> names = new ConcurrentHashMap<>();
    private final Map<String, Address> addresses = new ConcurrentHashMap<>();

    JGroupsTransport(String nodeName, String clusterName, List<Protocol> stack, long maxQueuedBytes) {
        this.clusterName = requireNonNull(clusterName, "clusterName must not be null");
        try {
            channel = new JChannel(stack).name(nodeName).setDiscardOwnMessages(true);
        } catch (Exception e) {
            throw new IllegalStateException("stack must be accepted by JGroups: " + stack, e);
        }
        channel.stack().getTransport().getDiagnosticsHandler().setEnabled(false);
        queue = new SendQueue("presence-jgroups-" + nodeName, maxQueuedBytes, this::sendNow);
    }

    /**
     * Creates a transport that is not connected yet.
     *
     * @param options the address of this node and of its peers
     * @return a transport for one store
     * @throws IllegalArgumentException if the host of this node is not known
     */
    public static JGroupsTransport of(JGroupsOptions options) {
        return new JGroupsTransport(
                options.nodeName(), options.clusterName(), JGroupsStack.of(options), SendQueue.DEFAULT_MAX_BYTES);
    }

    /**
     * Joins the cluster, or forms one if no peer answers. It takes at most a few seconds; parts that were formed apart
     * merge later.
     */
    @Override
    public void start(Receiver receiver) {
        channel.setReceiver(new Inbox(requireNonNull(receiver, "receiver must not be null")));
        try {
            channel.connect(clusterName);
        } catch (Exception e) {
            channel.close();
            throw new IllegalStateException("cluster must be reachable: " + clusterName, e);
        }
        queue.start();
    }

    /** {@inheritDoc} A full queue drops the frame and throws {@link IllegalStateException}. */
    @Override
    public void broadcast(byte[] frame) {
        queue.add(null, frame);
    }

    /** {@inheritDoc} A full queue drops the frame and throws {@link IllegalStateException}. */
    @Override
    public void send(String member, byte[] frame) {
        queue.add(requireNonNull(member, "member must not be null"), frame);
    }

    /** {@inheritDoc} It blocks for at most a few seconds. */
    @Override
    public void close() {
        queue.close(TIME_TO_SEND_THE_REST);
        awaitDelivery();
        channel.close();
    }

    /** Sends an empty message behind the frames, which each member answers: no member sees this one leave before. */
    private void awaitDelivery() {
        if (channel.isConnected()) {
            try {
                channel.send(new BytesMessage(null).setFlag(Message.Flag.RSVP, Message.Flag.NO_RELIABILITY));
            } catch (Exception e) {
                // It leaves all the same.
            }
        }
    }

    /**
     * Returns the number of frames that were queued and that JGroups refused. Those that found the queue full are not
     * among them, since the store counts them.
     *
     * @return since the start
     */
    public long failedFrames() {
        return queue.failed();
    }

    private void sendNow(@Nullable String member, byte[] frame) throws Exception {
        Address to = member == null ? null : addresses.get(member);
        if (member != null && to == null) {
            return; // It has left.
        }
        Message message = new BytesMessage(to, frame).setFlag(Message.Flag.NO_FC);
        // One that is split needs all its parts. Any other may be lost, so nothing is kept for a member that is slow.
        if (frame.length < JGroupsStack.FRAGMENT_BYTES) {
            message.setFlag(Message.Flag.NO_RELIABILITY);
        }
        channel.send(message);
    }

    private String nameOf(Address address) {
        String name = names.get(address);
        return name != null ? name : remember(address);
    }

    /** The name of a member stays as it is first seen: JGroups may learn the logical name later. */
    private synchronized String remember(Address address) {
        String id = address instanceof UUID uuid ? uuid.toStringLong() : address.toString();
        String logical = NameCache.get(address);
        String name = logical == null || logical.equals(id) ? id : logical + "/" + id;
        String earlier = names.putIfAbsent(address, name);
        if (earlier != null) {
            return earlier;
        }
        addresses.put(name, address);
        return name;
    }

    private synchronized void forgetAllBut(List<Address> members) {
        names.keySet().retainAll(members);
        addresses.values().retainAll(members);
    }

    JChannel channel() {
        return channel;
    }

    /** Gives messages and views to the receiver of the store, which returns at once. */
    private final class Inbox implements org.jgroups.Receiver {

        private final Receiver receiver;

        Inbox(Receiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public void receive(Message message) {
            if (message instanceof BytesMessage && message.getLength() > 0) {
                receiver.onFrame(nameOf(message.getSrc()), bytes(message));
            }
        }

        private byte[] bytes(Message message) {
            byte[] array = message.getArray();
            int offset = message.getOffset();
            int length = message.getLength();
            return offset == 0 && length == array.length ? array : Arrays.copyOfRange(array, offset, offset + length);
        }

        /** A merge view is a view: its members are those that can be reached now. */
        @Override
        public void viewAccepted(View view) {
            forgetAllBut(view.getMembers());
            Set<String> others = view.getMembers().stream()
                    .filter(member -> !member.equals(channel.getAddress()))
                    .map(JGroupsTransport.this::nameOf)
                    .collect(Collectors.toUnmodifiableSet());
            receiver.onMembers(others);
        }
    }
}

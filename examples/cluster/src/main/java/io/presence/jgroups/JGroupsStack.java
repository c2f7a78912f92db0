package io.presence.jgroups;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jgroups.protocols.AUTH;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.protocols.FRAG2;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.RSVP;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;
import org.jgroups.util.TLS;
import org.jgroups.util.TLSClientAuth;

/**
 * The protocols of a node over TCP, from the lowest to the highest. The stack that JGroups brings detects a paused node
 * after 40 seconds and merges after 30; this one takes seconds.
 */
final class JGroupsStack {

    /** The largest message that is not split. With its headers it fits in a bundle of 64,000 bytes. */
    static final int FRAGMENT_BYTES = 62_000;

    private static final int HEARTBEAT_MILLIS = 1000;
    private static final int VERIFY_MILLIS = 500;
    private static final int MERGE_MIN_MILLIS = 1000;
    private static final int MERGE_MAX_MILLIS = 3000;
    private static final int JOIN_MILLIS = 1000;
    private static final int JOIN_ATTEMPTS = 3;
    private static final int FAREWELL_MILLIS = 1000;
    private static final int CONNECT_MILLIS = 1000;
    private static final int MAX_QUEUED_BUNDLES = 1024;

    private JGroupsStack() {}

    static List<Protocol> of(JGroupsOptions options) {
        InetAddress address = address(options.host());
        List<Protocol> stack = new ArrayList<>();
        stack.add(tcp(options, address));
        stack.add(discovery(options));
        stack.add(new MERGE3().setMinInterval(MERGE_MIN_MILLIS).setMaxInterval(MERGE_MAX_MILLIS));
        stack.add(new FD_SOCK2().setBindAddress(address).setOffset(1).setPortRange(0));
        stack.addAll(detection(options.suspectAfter(), HEARTBEAT_MILLIS));
        stack.addAll(messages());
        options.password().ifPresent(password -> stack.add(authentication(password)));
        stack.addAll(membership());
        return stack;
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("host must be known: " + host, e);
        }
    }

    /** Each connection has a queue of its own, so that one member that does not read delays no other. */
    private static Protocol tcp(JGroupsOptions options, InetAddress address) {
        TCP tcp = new TCP().nonBlockingSends(true).maxSendQueue(MAX_QUEUED_BUNDLES);
        options.tls().ifPresent(context -> tcp.tls(tls(context)));
        tcp.setSockConnTimeout(CONNECT_MILLIS);
        return tcp.setBindAddr(address).setBindPort(options.port()).setPortRange(0);
    }

    private static TLS tls(SSLContext context) {
        return new TLS().enabled(true).setSSLContext(context).setClientAuth(TLSClientAuth.NEED);
    }

    /** The hosts are texts, so that JGroups resolves a name again that was not known at the start. */
    private static Protocol discovery(JGroupsOptions options) {
        String hosts = options.peers().stream()
                .map(peer -> {
                    int colon = peer.lastIndexOf(':');
                    return peer.substring(0, colon) + "[" + peer.substring(colon + 1) + "]";
                })
                .collect(Collectors.joining(","));
        return new TCPPING().setPortRange(0).setValue("initial_hosts_str", hosts);
    }

    static List<Protocol> detection(Duration suspectAfter, long intervalMillis) {
        return List.of(
                new FD_ALL3().setTimeout(suspectAfter.toMillis()).setInterval(intervalMillis),
                new VERIFY_SUSPECT2().setTimeout(VERIFY_MILLIS));
    }

    static List<Protocol> messages() {
        return List.of(new NAKACK2().useMcastXmit(false), new UNICAST3(), new STABLE());
    }

    private static Protocol authentication(String password) {
        AUTH protocol = new AUTH();
        PasswordToken token = new PasswordToken(password);
        token.setAuth(protocol);
        return protocol.setAuthToken(token);
    }

    static List<Protocol> membership() {
        return List.of(
                new GMS()
                        .setJoinTimeout(JOIN_MILLIS)
                        .setMaxJoinAttempts(JOIN_ATTEMPTS)
                        .printLocalAddress(false),
                new FRAG2().setFragSize(FRAGMENT_BYTES),
                new RSVP()
                        .setTimeout(FAREWELL_MILLIS)
                        .setResendInterval(FAREWELL_MILLIS / 3)
                        .throwExceptionOnTimeout(false));
    }
}

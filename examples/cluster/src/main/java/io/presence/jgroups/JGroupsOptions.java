package io.presence.jgroups;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The address of a node, the addresses of its peers and what they share.
 *
 * <p><b>Ports.</b> A node listens on two: {@link #port} for frames, and the next one for the detection of crashes. Both
 * must be reachable from the other nodes.
 *
 * <p><b>Threads.</b> Immutable.
 */
public final class JGroupsOptions {

    /** The time without a heartbeat after which a node is suspected, unless it is set. */
    public static final Duration DEFAULT_SUSPECT_AFTER = Duration.ofSeconds(6);

    /** The name of the cluster unless it is set. */
    public static final String DEFAULT_CLUSTER_NAME = "presence";

    private static final Duration MIN_SUSPECT_AFTER = Duration.ofSeconds(1);
    private static final int MAX_PORT = 65_534;

    private final Fields fields;

    private record Fields(
            String host,
            int port,
            String nodeName,
            String clusterName,
            List<String> peers,
            Duration suspectAfter,
            Optional<String> password,
            Optional<SSLContext> tls) {}

    private JGroupsOptions(Fields fields) {
        this.fields = fields;
    }

    /**
     * Returns the options of a node without peers.
     *
     * @param host the address or name of an interface of this machine, under which its peers reach it
     * @param port the port for frames, 1 to 65,534; the next one is used too
     * @return new options
     * @throws IllegalArgumentException if the port is out of range
     */
    public static JGroupsOptions at(String host, int port) {
        requireNonNull(host, "host must not be null");
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("port must be 1 to " + MAX_PORT + ": " + port);
        }
        String name = host + ":" + port;
        return new JGroupsOptions(new Fields(
                host,
                port,
                name,
                DEFAULT_CLUSTER_NAME,
                List.of(),
                DEFAULT_SUSPECT_AFTER,
                Optional.empty(),
                Optional.empty()));
    }

    /**
     * Sets the nodes to look for. This node may be among them. A node that is not listed is found if it lists one that
     * is. A name that can't be resolved yet is tried again later.
     *
     * @param hostsAndPorts each as {@code host:port}, with the port for frames
     * @return options with these peers
     * @throws IllegalArgumentException if one has another form
     */
    public JGroupsOptions peers(List<String> hostsAndPorts) {
        List<String> checked = new ArrayList<>();
        for (String peer : hostsAndPorts) {
            checked.add(checked(peer));
        }
        Fields f = fields;
        return new JGroupsOptions(new Fields(
                f.host, f.port, f.nodeName, f.clusterName, List.copyOf(checked), f.suspectAfter, f.password, f.tls));
    }

    private static String checked(String peer) {
        int colon = peer.lastIndexOf(':');
        try {
            int port = Integer.parseInt(peer.substring(colon + 1));
            if (colon > 0 && port >= 1 && port <= MAX_PORT && peer.indexOf(',') < 0) {
                return peer;
            }
        } catch (NumberFormatException e) {
            // It is refused below.
        }
        throw new IllegalArgumentException("peers must be host:port: " + peer);
    }

    /**
     * Sets the name of this node in logs and in the names of members. It need not be unique. Default: host and port.
     *
     * @param name not empty
     * @return options with that name
     * @throws IllegalArgumentException if it is empty
     */
    public JGroupsOptions nodeName(String name) {
        Fields f = fields;
        return new JGroupsOptions(new Fields(
                f.host, f.port, notEmpty("name", name), f.clusterName, f.peers, f.suspectAfter, f.password, f.tls));
    }

    /**
     * Sets the name that the nodes of one cluster share. Default: {@value #DEFAULT_CLUSTER_NAME}.
     *
     * @param name not empty
     * @return options with that name
     * @throws IllegalArgumentException if it is empty
     */
    public JGroupsOptions clusterName(String name) {
        Fields f = fields;
        return new JGroupsOptions(new Fields(
                f.host, f.port, f.nodeName, notEmpty("name", name), f.peers, f.suspectAfter, f.password, f.tls));
    }

    /**
     * Sets the time without a heartbeat after which a node that has not closed its connections is suspected, such as
     * one that is paused or cut off. A suspect gets half a second to answer. A node whose process ends is detected at
     * once. Default: {@link #DEFAULT_SUSPECT_AFTER}.
     *
     * @param time at least a second
     * @return options with that time
     * @throws IllegalArgumentException if it is shorter
     */
    public JGroupsOptions suspectAfter(Duration time) {
        if (time.compareTo(MIN_SUSPECT_AFTER) < 0) {
            throw new IllegalArgumentException("suspectAfter must be at least " + MIN_SUSPECT_AFTER + ": " + time);
        }
        Fields f = fields;
        return new JGroupsOptions(
                new Fields(f.host, f.port, f.nodeName, f.clusterName, f.peers, time, f.password, f.tls));
    }

    /**
     * Sets the password that the nodes share. A node without it can't join. It keeps out nodes that are configured
     * wrongly; without {@link #tls}, somebody who can connect to the port can still send frames.
     *
     * @param password not empty
     * @return options with that password
     * @throws IllegalArgumentException if it is empty
     */
    public JGroupsOptions password(String password) {
        Fields f = fields;
        return new JGroupsOptions(new Fields(
                f.host,
                f.port,
                f.nodeName,
                f.clusterName,
                f.peers,
                f.suspectAfter,
                Optional.of(notEmpty("password", password)),
                f.tls));
    }

    /**
     * Encrypts the connections. Each node must present a certificate that the others trust. The port that detects
     * crashes carries no presences and is not encrypted.
     *
     * @param context keys and trusted certificates of this node
     * @return options with TLS
     */
    public JGroupsOptions tls(SSLContext context) {
        Fields f = fields;
        return new JGroupsOptions(new Fields(
                f.host,
                f.port,
                f.nodeName,
                f.clusterName,
                f.peers,
                f.suspectAfter,
                f.password,
                Optional.of(requireNonNull(context, "context must not be null"))));
    }

    private static String notEmpty(String name, String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(name + " must not be empty: " + text);
        }
        return text;
    }

    String host() {
        return fields.host;
    }

    int port() {
        return fields.port;
    }

    String nodeName() {
        return fields.nodeName;
    }

    String clusterName() {
        return fields.clusterName;
    }

    List<String> peers() {
        return fields.peers;
    }

    Duration suspectAfter() {
        return fields.suspectAfter;
    }

    Optional<String> password() {
        return fields.password;
    }

    Optional<SSLContext> tls() {
        return fields.tls;
    }
}

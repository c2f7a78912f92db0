package io.presence.examples.gateway;

import io.presence.Scope;
import io.presence.examples.gateway.limit.UsageLimits;
import io.presence.examples.gateway.realtime.SocketLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of a gateway.
 *
 * @param host the address to listen on
 * @param port the port, or 0 for any that is free
 * @param project the one project that it serves
 * @param keys the scopes of each API key
 * @param sessions a file of sessions, or null for none
 * @param secret a file with the secret that signs sessions, or null for a random secret
 * @param origins host names of web sites that may use it, beside its own and those on the same machine
 * @param hosts host names that requests may use, beside those of the origins and of this machine
 * @param proxies addresses and networks of proxies whose {@code X-Forwarded-For} is read
 * @param onePerUser whether a user has at most one presence, as in Appwrite
 * @param quietHeartbeats whether a write that changes nothing delivers no event; by default it is an update, as in
 *     Appwrite
 * @param socketTtl the TTL of a presence that was written over a socket, from the last frame of the socket
 * @param grace the time for which the presences of a lost socket stay
 * @param drain the time over which the sockets are closed before the gateway ends
 * @param maxPresences presences in the store
 * @param maxBody bytes of the body of an HTTP request
 * @param usage limits of one user and of one address
 * @param limits limits of the sockets
 * @param cluster the place among several gateways, or null if this one is alone
 */
public record Options(
        String host,
        int port,
        String project,
        Map<String, Set<Scope>> keys,
        @Nullable Path sessions,
        @Nullable Path secret,
        Set<String> origins,
        Set<String> hosts,
        List<String> proxies,
        boolean onePerUser,
        boolean quietHeartbeats,
        Duration socketTtl,
        Duration grace,
        Duration drain,
        int maxPresences,
        int maxBody,
        UsageLimits usage,
        SocketLimits limits,
        @Nullable ClusterAddress cluster) {

    /** The defaults. */
    public static final Options DEFAULT = new Options(
            "127.0.0.1",
            8080,
            "demo",
            Map.of(),
            null,
            null,
            Set.of(),
            Set.of(),
            List.of(),
            false,
            false,
            Duration.ofMinutes(2),
            Duration.ofSeconds(3),
            Duration.ZERO,
            1_000_000,
            256 * 1024,
            UsageLimits.DEFAULT,
            SocketLimits.DEFAULT,
            null);

    /** Copies the collections. */
    public Options {
        keys = Map.copyOf(keys);
        origins = Set.copyOf(origins);
        hosts = Set.copyOf(hosts);
        proxies = List.copyOf(proxies);
    }

    /** Returns these options with another port. */
    public Options withPort(int another) {
        return with(another, proxies, grace, drain, usage, cluster);
    }

    /** Returns these options with other proxies. */
    public Options withProxies(List<String> another) {
        return with(port, another, grace, drain, usage, cluster);
    }

    /** Returns these options with another grace and another drain. */
    public Options withTimes(Duration anotherGrace, Duration anotherDrain) {
        return with(port, proxies, anotherGrace, anotherDrain, usage, cluster);
    }

    /** Returns these options with other limits of one user and of one address. */
    public Options withUsage(UsageLimits another) {
        return with(port, proxies, grace, drain, another, cluster);
    }

    /** Returns these options with a place among several gateways. */
    public Options withCluster(ClusterAddress another) {
        return with(port, proxies, grace, drain, usage, another);
    }

    private Options with(
            int anotherPort,
            List<String> anotherProxies,
            Duration anotherGrace,
            Duration anotherDrain,
            UsageLimits anotherUsage,
            @Nullable ClusterAddress anotherCluster) {
        return new Options(
                host,
                anotherPort,
                project,
                keys,
                sessions,
                secret,
                origins,
                hosts,
                anotherProxies,
                onePerUser,
                quietHeartbeats,
                socketTtl,
                anotherGrace,
                anotherDrain,
                maxPresences,
                maxBody,
                anotherUsage,
                limits,
                anotherCluster);
    }
}

package io.presence.examples.gateway;

import io.presence.Scope;
import io.presence.examples.gateway.realtime.SocketLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway is started with.
 *
 * @param host the address to listen on
 * @param port the port, or 0 for any that is free
 * @param project the one project that it serves
 * @param keys what each API key may do
 * @param sessions a file of sessions, or null for none
 * @param origins host names of web sites that may use it, beside its own and those on the same machine
 * @param onePerUser whether a user has one presence, as Appwrite has it
 * @param socketTtl how long a presence written over a socket lives without a sign of life
 * @param maxPresences how many presences there may be
 * @param maxBody how many bytes an HTTP request may have
 * @param limits what one socket may cost
 */
public record Options(
        String host,
        int port,
        String project,
        Map<String, Set<Scope>> keys,
        @Nullable Path sessions,
        Set<String> origins,
        boolean onePerUser,
        Duration socketTtl,
        int maxPresences,
        int maxBody,
        SocketLimits limits) {

    /** What is used unless said. */
    public static final Options DEFAULT = new Options(
            "127.0.0.1",
            8080,
            "demo",
            Map.of(),
            null,
            Set.of(),
            false,
            Duration.ofMinutes(2),
            1_000_000,
            256 * 1024,
            SocketLimits.DEFAULT);

    /** Copies the keys and the origins. */
    public Options {
        keys = Map.copyOf(keys);
        origins = Set.copyOf(origins);
    }
}

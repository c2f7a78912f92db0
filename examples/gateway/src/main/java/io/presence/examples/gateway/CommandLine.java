package io.presence.examples.gateway;

import io.presence.Scope;
import io.presence.examples.gateway.limit.ClientAddress;
import io.presence.examples.gateway.limit.UsageLimits;
import io.presence.examples.gateway.realtime.SocketLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A reader of {@link Options} from arguments. */
final class CommandLine {

    static final String USAGE = """
            usage: java -jar gateway.jar [option...]
              --host HOST                  address to listen on (127.0.0.1)
              --port N                     port, 0 for any that is free (8080)
              --project ID                 the project (demo)
              --key KEY=SCOPE,SCOPE        an API key with presences.read, presences.write; repeatable
              --sessions FILE              sessions as JSON: {"SECRET": {"userId": "ada", "name": "Ada"}}
              --secret FILE                signs sessions, so that they survive a restart; created if absent
              --origin HOST                a web site that may use it, beside this machine's; repeatable
              --allowed-host HOST          a name that it is called by, beside this machine's; repeatable
              --trusted-proxy ADDRESS      a proxy, or network as 10.0.0.0/8, to read X-Forwarded-For from; repeatable
              --one-per-user               one presence for each user, as Appwrite has it
              --quiet-heartbeats           a write that changes nothing is no event
              --max-presences N            presences in all (1000000)
              --user-presences N           presences of one user (100)
              --address-presences N        presences that one address created (20000)
              --max-body BYTES             size of an HTTP request (262144)
              --requests-per-minute N      HTTP requests of one user (1200)
              --address-requests N         HTTP requests of one address in a minute (60000)
              --sessions-per-minute N      anonymous sessions created by one address (1000)
              --max-sockets N              sockets at once (20000)
              --address-sockets N          sockets at once of one address (5000)
              --connects-per-minute N      sockets opened by one address (3000)
              --messages-per-minute N      messages read from one socket (1200)
              --subscriptions N            subscriptions of one socket (1000)
              --channels N                 channels of one subscription (100)
              --socket-presences N         presences that live by one socket (100)
              --socket-timeout SECONDS     silence after which a socket is dead (90)
              --socket-ttl SECONDS         life of its presences without a sign of life (120)
              --grace SECONDS              life of its presences after it is lost (3)
              --drain SECONDS              time over which sockets are closed before the end (0)
              --pongs-alone SECONDS        life of its presences when only the browser answers (600)
              --write-queue BYTES          unsent bytes after which a socket is slow (65536)
              --cluster PORT               connects to other gateways; the next port is used too
              --peer HOST:PORT             a gateway to connect to; repeatable, and this one may be among them
            """;

    private static final int MAX_GRACE = 60;

    private String host = Options.DEFAULT.host();
    private int port = Options.DEFAULT.port();
    private String project = Options.DEFAULT.project();
    private final Map<String, Set<Scope>> keys = new LinkedHashMap<>();
    private @Nullable Path sessions;
    private @Nullable Path secret;
    private final Set<String> origins = new HashSet<>();
    private final Set<String> hosts = new HashSet<>();
    private final List<String> proxies = new ArrayList<>();
    private final List<String> peers = new ArrayList<>();
    private boolean onePerUser;
    private boolean quietHeartbeats;
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    private CommandLine() {}

    /**
     * Reads arguments.
     *
     * @throws UsageException if an argument is unknown, or has no value or a wrong one
     */
    static Options parse(List<String> arguments) throws UsageException {
        CommandLine line = new CommandLine();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            line.option(rest.next(), rest);
        }
        return line.options();
    }

    private void option(String name, Iterator<String> rest) throws UsageException {
        switch (name) {
            case "--one-per-user" -> onePerUser = true;
            case "--quiet-heartbeats" -> quietHeartbeats = true;
            case "--host" -> host = value(name, rest);
            case "--port" -> port = number(name, value(name, rest), 0, 65_535);
            case "--project" -> project = project(value(name, rest));
            case "--key" -> key(value(name, rest));
            case "--sessions" -> sessions = Path.of(value(name, rest));
            case "--secret" -> secret = Path.of(value(name, rest));
            case "--origin" -> origins.add(value(name, rest));
            case "--allowed-host" -> hosts.add(value(name, rest));
            case "--cluster" -> numbers.put(name, number(name, value(name, rest), 1, 65_534));
            case "--peer" -> peers.add(peer(value(name, rest)));
            case "--trusted-proxy" -> proxies.add(proxy(value(name, rest)));
            case "--max-presences",
                    "--user-presences",
                    "--address-presences",
                    "--requests-per-minute",
                    "--address-requests",
                    "--sessions-per-minute",
                    "--address-sockets",
                    "--max-body",
                    "--max-sockets",
                    "--connects-per-minute",
                    "--messages-per-minute",
                    "--subscriptions",
                    "--channels",
                    "--socket-presences",
                    "--write-queue" -> numbers.put(name, number(name, value(name, rest), 1, 1_000_000_000));
            case "--grace" -> numbers.put(name, number(name, value(name, rest), 0, MAX_GRACE));
            case "--drain" -> numbers.put(name, number(name, value(name, rest), 0, 86_400));
            case "--socket-timeout", "--socket-ttl", "--pongs-alone" ->
                numbers.put(name, number(name, value(name, rest), 1, 86_400));
            default -> throw new UsageException("unknown option: " + name);
        }
    }

    private static String value(String name, Iterator<String> rest) throws UsageException {
        if (!rest.hasNext()) {
            throw new UsageException(name + " must have a value");
        }
        return rest.next();
    }

    private static int number(String name, String text, int least, int most) throws UsageException {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            /* Refused below, like a number that is out of range. */
        }
        throw new UsageException(name + " must be from " + least + " to " + most + ": " + text);
    }

    private static String peer(String text) throws UsageException {
        if (!text.matches("[^\\s,]+:[0-9]{1,5}")) {
            throw new UsageException("--peer must be HOST:PORT: " + text);
        }
        return text;
    }

    private @Nullable ClusterAddress cluster() throws UsageException {
        Integer clusterPort = numbers.get("--cluster");
        if (clusterPort == null && !peers.isEmpty()) {
            throw new UsageException("--peer must not be given without --cluster");
        }
        return clusterPort == null ? null : new ClusterAddress(clusterPort, peers);
    }

    private static String proxy(String text) throws UsageException {
        try {
            var unused = new ClientAddress(List.of(text));
            return text;
        } catch (IllegalArgumentException e) {
            throw new UsageException("--trusted-proxy must be an IP address or network: " + text);
        }
    }

    /* The project is part of the name of a cookie. */
    private static String project(String id) throws UsageException {
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,35}")) {
            throw new UsageException("--project must be 1 to 36 of [A-Za-z0-9._-], the first a letter or digit: " + id);
        }
        return id;
    }

    private void key(String text) throws UsageException {
        int equals = text.lastIndexOf('=');
        if (equals <= 0) {
            throw new UsageException("--key must be KEY=SCOPE,SCOPE: " + text);
        }
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String name : text.substring(equals + 1).split(",", -1)) {
            scopes.add(scope(name));
        }
        keys.put(text.substring(0, equals), scopes);
    }

    private static Scope scope(String name) throws UsageException {
        for (Scope scope : Scope.values()) {
            if (scope.toString().equals(name)) {
                return scope;
            }
        }
        throw new UsageException("--key must have the scopes presences.read or presences.write: " + name);
    }

    private Options options() throws UsageException {
        return new Options(
                host,
                port,
                project,
                keys,
                sessions,
                secret,
                origins,
                hosts,
                proxies,
                onePerUser,
                quietHeartbeats,
                seconds("--socket-ttl", Options.DEFAULT.socketTtl()),
                seconds("--grace", Options.DEFAULT.grace()),
                seconds("--drain", Options.DEFAULT.drain()),
                number("--max-presences", Options.DEFAULT.maxPresences()),
                number("--max-body", Options.DEFAULT.maxBody()),
                usageLimits(),
                socketLimits(),
                cluster());
    }

    private UsageLimits usageLimits() {
        UsageLimits usual = UsageLimits.DEFAULT;
        return new UsageLimits(
                number("--user-presences", usual.presencesPerUser()),
                number("--address-presences", usual.presencesPerAddress()),
                number("--sessions-per-minute", usual.sessionsPerMinute()),
                number("--requests-per-minute", usual.requestsPerUser()),
                number("--address-requests", usual.requestsPerAddress()));
    }

    private SocketLimits socketLimits() {
        SocketLimits usual = SocketLimits.DEFAULT;
        return new SocketLimits(
                number("--max-sockets", usual.sockets()),
                number("--address-sockets", usual.perAddress()),
                number("--connects-per-minute", usual.connectsPerMinute()),
                number("--messages-per-minute", usual.messagesPerMinute()),
                number("--subscriptions", usual.subscriptions()),
                number("--channels", usual.channels()),
                number("--socket-presences", usual.presences()),
                seconds("--socket-timeout", usual.timeout()),
                seconds("--pongs-alone", usual.pongsAlone()),
                number("--write-queue", usual.writeQueue()));
    }

    private Duration seconds(String name, Duration usual) {
        return Duration.ofSeconds(number(name, (int) usual.toSeconds()));
    }

    private int number(String name, int usual) {
        return numbers.getOrDefault(name, usual);
    }
}

package io.presence.examples.gateway;

import io.presence.examples.gateway.account.EndedSessions;
import io.presence.examples.gateway.account.SessionsFile;
import io.presence.examples.gateway.account.Signer;
import io.presence.examples.gateway.account.User;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The command line program. */
public final class Main {

    private static final int USAGE_ERROR = 2;
    private static final int FAILURE = 1;

    private Main() {}

    /** Runs a gateway until the process receives SIGTERM or SIGINT. */
    public static void main(String[] arguments) {
        if (List.of(arguments).contains("--help")) {
            System.out.print(CommandLine.USAGE);
            return;
        }
        try {
            Options options = CommandLine.parse(List.of(arguments));
            start(options, sessions(options));
        } catch (UsageException e) {
            System.err.println(e.getMessage());
            System.err.print(CommandLine.USAGE);
            System.exit(USAGE_ERROR);
        } catch (Exception e) {
            System.err.println("The gateway could not start: " + e.getMessage());
            System.exit(FAILURE);
        }
    }

    private static Map<String, User> sessions(Options options) throws UsageException {
        if (options.sessions() == null) {
            return Map.of();
        }
        try {
            return SessionsFile.read(options.sessions(), Clock.systemUTC().instant());
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException(
                    "--sessions must be a file of sessions: " + options.sessions() + ": " + e.getMessage());
        }
    }

    private static Signer signer(Options options) throws UsageException {
        if (options.secret() == null) {
            return Signer.random();
        }
        try {
            return Signer.of(options.secret());
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException(
                    "--secret must be a file with a secret: " + options.secret() + ": " + e.getMessage());
        }
    }

    private static EndedSessions ended(Options options) throws UsageException {
        Path secret = options.secret();
        if (secret == null) {
            return EndedSessions.inMemory();
        }
        Path file = secret.resolveSibling(secret.getFileName() + ".ended");
        try {
            return EndedSessions.of(file, Clock.systemUTC().instant());
        } catch (IOException e) {
            throw new UsageException("--secret must be in a folder that is writable: " + file + ": " + e.getMessage());
        }
    }

    private static void start(Options options, Map<String, User> sessions) throws Exception {
        Gateway gateway = new Gateway(
                options,
                Gateway.store(options).build(),
                sessions,
                signer(options),
                ended(options),
                System::nanoTime,
                Clock.systemUTC());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(gateway), "gateway-stop"));
        gateway.start();
        System.out.println("listening on " + gateway.address());
    }

    /* A gateway that has closed after a signal ends with 0. The JVM alone would end with the number of the signal. */
    private static void stop(Gateway gateway) {
        gateway.close();
        if (gateway.port() > 0) {
            Runtime.getRuntime().halt(0);
        }
    }
}

package io.presence.redis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.presence.jgroups.FreePorts;
import io.presence.transport.Await;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A redis-server in a process of its own, without files. */
final class RealRedis implements AutoCloseable {

    private static final String PROGRAM = "redis-server";

    private final int port = FreePorts.pairs(1).get(0);
    private final Process process;

    private RealRedis() throws IOException {
        process = new ProcessBuilder(
                        PROGRAM,
                        "--port",
                        String.valueOf(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--appendonly",
                        "no")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Await.until("redis-server must answer", this::isListening);
    }

    /** Starts one; the test is skipped, aloud, if there is none on the PATH. Maven does not show why. */
    static RealRedis startOrSkip(Class<?> test) throws IOException {
        boolean isThere = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
        String skipped = PROGRAM + " is not on the PATH: nothing was tested with it";
        if (!isThere) {
            System.out.println(test.getSimpleName() + ": " + skipped);
        }
        assumeTrue(isThere, skipped);
        return new RealRedis();
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A redis-server for the tests of one class, in a process of its own, without files. */
final class RealRedis implements BeforeAllCallback, AfterAllCallback {

    private static final String PROGRAM = "redis-server";

    private final int port = FreePorts.pairs(1).get(0);
    private @Nullable Process process;

    /** Starts it; the tests are skipped, aloud, if there is none on the PATH. Maven does not show why. */
    @Override
    public void beforeAll(ExtensionContext tests) throws IOException {
        boolean isThere = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
        String skipped = PROGRAM + " is not on the PATH: nothing was tested with it";
        if (!isThere) {
            System.out.println(tests.getDisplayName() + ": " + skipped);
        }
        assumeTrue(isThere, skipped);
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
    public void afterAll(ExtensionContext tests) throws InterruptedException {
        if (process != null) {
            process.destroy();
            process.waitFor();
        }
    }
}

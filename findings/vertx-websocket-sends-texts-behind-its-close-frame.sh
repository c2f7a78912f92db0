#!/usr/bin/env bash
# Vert.x 5.0.8: between close() and the end of a WebSocket, isClosed() is false, and a text that the server writes goes
# out behind its own close frame, with a future that succeeds. If the peer is lost, that takes ten seconds.
#
# A user may expect: close() ends the socket for the server at once. From then on isClosed() is true, a write fails,
# and the close handler, where the server removes the client, has run or runs at once, whatever the peer does.
#
# Seen: the server writes its close frame and waits for the one of the peer, for ten seconds unless
# setWebSocketClosingTimeout says otherwise. Until then isClosed() is false, the close handler has not run, and a text
# is written: on the wire it stands behind the close frame, where RFC 6455 (5.5.1) has no data frame and a browser
# drops it. Its future succeeds. If the peer answers, the close handler runs at once, and the end handler too. If the
# peer is silent, the close handler runs after the time limit, and the end handler never.
#
# What follows: a server that counts on the close handler of a socket that it closes itself, because the client missed
# its pongs, removes just the lost clients ten seconds late, and counts messages to them as sent. It removes the client
# when it calls close(), and does not clean up in the end handler.
set -euo pipefail
readonly vertx=5.0.8
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > pom.xml <<POM
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>io.vertx</groupId><artifactId>vertx-core</artifactId><version>$vertx</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib \
  > mvn.log 2>&1 || { tail -n 5 mvn.log; exit 2; }

cat > Closes.java <<'JAVA'
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

public class Closes {
    static final byte[] CLOSE_FRAME = HexFormat.of().parseHex("88820000000003e8");
    static final String HANDSHAKE = "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

    public static void main(String[] args) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            System.out.println("peer answers: " + run(vertx, new HttpServerOptions(), true));
            System.out.println("peer is silent: " + run(vertx, new HttpServerOptions(), false));
            HttpServerOptions short3 = new HttpServerOptions().setWebSocketClosingTimeout(3);
            System.out.println("peer is silent, limit 3 s: " + run(vertx, short3, false));
        } finally {
            vertx.close().await(20, TimeUnit.SECONDS);
        }
    }

    static String run(Vertx vertx, HttpServerOptions options, boolean answers) throws Exception {
        CompletableFuture<ServerWebSocket> accepted = new CompletableFuture<>();
        CompletableFuture<Long> closed = new CompletableFuture<>();
        CountDownLatch ended = new CountDownLatch(1);
        HttpServer server = vertx.createHttpServer(options).webSocketHandler(socket -> {
            socket.closeHandler(ignored -> closed.complete(System.nanoTime()));
            socket.endHandler(ignored -> ended.countDown());
            accepted.complete(socket);
        });
        server.listen(0, "127.0.0.1").await(10, TimeUnit.SECONDS);
        try (Socket peer = new Socket("127.0.0.1", server.actualPort())) {
            peer.getOutputStream().write(HANDSHAKE.getBytes(StandardCharsets.US_ASCII));
            ServerWebSocket socket = accepted.get(10, TimeUnit.SECONDS);
            InputStream in = peer.getInputStream();
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
                head.write(in.read());
            }
            long start = System.nanoTime();
            socket.close();
            String frames = frame(in);
            boolean isClosed = socket.isClosed() || closed.isDone();
            socket.writeTextMessage("x").await(1, TimeUnit.SECONDS);
            frames += " " + frame(in);
            if (answers) {
                start = System.nanoTime();
                peer.getOutputStream().write(CLOSE_FRAME);
            }
            long seconds = TimeUnit.NANOSECONDS.toSeconds(closed.get(60, TimeUnit.SECONDS) - start);
            boolean isEnded = ended.await(2, TimeUnit.SECONDS);
            return "frames " + frames + ", closed by then " + isClosed + ", close handler after " + seconds
                    + " s, end handler " + (isEnded ? "called" : "not called");
        } finally {
            server.close().await(10, TimeUnit.SECONDS);
        }
    }

    /** Reads a frame of the server, which has no mask. */
    static String frame(InputStream in) throws Exception {
        int kind = in.read() & 0xf;
        in.readNBytes(in.read());
        return kind == 8 ? "close" : kind == 1 ? "text" : "other";
    }
}
JAVA
javac -nowarn -cp 'lib/*' Closes.java 2> javac.log || { cat javac.log; exit 2; }
java -cp 'lib/*:.' Closes 2> java.log > seen || { cat java.log; exit 2; }
# On a busy machine the timer may run up to two seconds late.
sed -i -E 's/after (1[0-2]) s/after 10 s/; s/after [345] s/after 3 s/; s/after [01] s/at once/' seen
cat seen
diff seen - <<'SEEN'
peer answers: frames close text, closed by then false, close handler at once, end handler called
peer is silent: frames close text, closed by then false, close handler after 10 s, end handler not called
peer is silent, limit 3 s: frames close text, closed by then false, close handler after 3 s, end handler not called
SEEN

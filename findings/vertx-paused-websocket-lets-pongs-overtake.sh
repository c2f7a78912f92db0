#!/usr/bin/env bash
# Vert.x 5.0.8: on a paused WebSocket pongs overtake the texts that wait, until 16 frames wait; then they wait too.
#
# Guess, written down before the run: pause() stops all handlers of the socket. Whoever pauses a socket that sends too
# fast sees no pong before resume(), and then sees it behind the texts that were sent before it.
#
# Seen: the client sends some texts, then a pong, to a server that has paused the socket. With 0 to 15 texts before it the
# pong handler runs at once, ahead of texts that were sent earlier, while the text handler waits. With 16 or more nothing
# runs until resume(), and the pong comes last.
#
# What follows: a pong proves neither that the messages before it were handled nor, by its absence, that a paused peer is
# dead. A host that pauses sockets to slow their senders must not let its idle timer run on pongs meanwhile.
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
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib > mvn.log 2>&1 \
  || { tail -n 5 mvn.log; exit 2; }

cat > Pongs.java <<'JAVA'
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

public class Pongs {
    public static void main(String[] args) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            for (int texts : new int[] {0, 1, 15, 16, 40}) {
                System.out.println(run(vertx, texts));
            }
        } finally {
            vertx.close().await(10, TimeUnit.SECONDS);
        }
    }

    static String run(Vertx vertx, int texts) throws Exception {
        CountDownLatch pong = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(texts + 1);
        List<String> handled = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<ServerWebSocket> accepted = new CompletableFuture<>();
        HttpServer server = vertx.createHttpServer().webSocketHandler(socket -> {
            socket.pause();
            socket.textMessageHandler(text -> {
                handled.add(text);
                all.countDown();
            });
            socket.pongHandler(data -> {
                handled.add("pong");
                pong.countDown();
                all.countDown();
            });
            accepted.complete(socket);
        });
        server.listen(0, "127.0.0.1").await(10, TimeUnit.SECONDS);
        WebSocketClient client = vertx.createWebSocketClient();
        WebSocket socket = client.connect(server.actualPort(), "127.0.0.1", "/").await(10, TimeUnit.SECONDS);
        ServerWebSocket paused = accepted.get(10, TimeUnit.SECONDS);
        for (int i = 0; i < texts; i++) {
            socket.writeTextMessage("text");
        }
        socket.writePong(Buffer.buffer("pong")).await(10, TimeUnit.SECONDS);
        pong.await(2, TimeUnit.SECONDS);
        List<String> whilePaused = List.copyOf(handled);
        paused.resume();
        boolean isComplete = all.await(10, TimeUnit.SECONDS);
        int position = handled.indexOf("pong") + 1;
        client.close().await(10, TimeUnit.SECONDS);
        server.close().await(10, TimeUnit.SECONDS);
        return texts + " texts, then a pong: while paused " + whilePaused + "; pong was number " + position + " of "
                + handled.size() + (isComplete ? "" : ", not all came");
    }
}
JAVA
javac -nowarn -cp 'lib/*' Pongs.java 2> javac.log || { cat javac.log; exit 2; }
java -cp 'lib/*:.' Pongs 2> java.log > seen || { cat java.log; exit 2; }
cat seen
diff seen - <<'SEEN'
0 texts, then a pong: while paused [pong]; pong was number 1 of 1
1 texts, then a pong: while paused [pong]; pong was number 1 of 2
15 texts, then a pong: while paused [pong]; pong was number 1 of 16
16 texts, then a pong: while paused []; pong was number 17 of 17
40 texts, then a pong: while paused []; pong was number 41 of 41
SEEN

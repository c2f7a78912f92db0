package io.presence.examples.sse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.presence.Permission;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SseServerTest {

    private static final String LOBBY = "{\"method\":\"equal\",\"attribute\":\"metadata.room\",\"values\":[\"lobby\"]}";
    private static final Duration HEARTBEAT = Duration.ofMillis(5);

    private final PresenceStore store =
            PresenceStore.builder().index("metadata.room").build();
    private final Map<String, Principal> tokens = Map.of(
            "ada-token",
            Principal.user("ada").build(),
            "guest-token",
            Principal.guest().build());
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = SseServer.start(store, tokens, HEARTBEAT, 0);
    }

    @AfterEach
    void stop() {
        store.close();
        server.stop(0);
    }

    private void write(String id, String room, String status) {
        store.upsert(PresenceUpsert.of(id, "bob", status)
                .metadata(Map.of("room", room))
                .permissions(Permission.read(Role.users())));
    }

    private static String path(String token, String query) {
        return "/presences?token=" + token + "&query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
    }

    private <T> HttpResponse<T> get(String path, HttpResponse.BodyHandler<T> handler, String... headers)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        return client.send((headers.length == 0 ? request : request.headers(headers)).build(), handler);
    }

    private Stream open(String token, String... headers) throws IOException, InterruptedException {
        return new Stream(get(path(token, LOBBY), BodyHandlers.ofInputStream(), headers));
    }

    /** The client's side of a stream: it assembles the presences that are visible, as a page would. */
    private static final class Stream implements AutoCloseable {
        private final ObjectMapper json = new ObjectMapper();
        private final BufferedReader lines;
        private final Map<String, String> present = new TreeMap<>();
        private final List<String> events = new ArrayList<>();
        private String name = "";
        private String lastEventId = "";
        private int comments;

        Stream(HttpResponse<InputStream> response) {
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
            lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        /** Reads lines until a condition holds after one of them. */
        Stream readUntil(Predicate<Stream> condition) throws IOException {
            while (!condition.test(this)) {
                String line = lines.readLine();
                assertThat(line).as("the stream must go on after %s", events).isNotNull();
                take(line);
            }
            return this;
        }

        Stream readUntil(String event) throws IOException {
            return readUntil(stream -> stream.events.contains(event));
        }

        private void take(String line) throws IOException {
            if (line.startsWith("event: ")) {
                name = line.substring("event: ".length());
            } else if (line.startsWith("id: ")) {
                lastEventId = line.substring("id: ".length());
            } else if (line.startsWith(":")) {
                comments++;
            } else if (line.startsWith("data: ")) {
                add(json.readTree(line.substring("data: ".length())));
            }
        }

        private void add(JsonNode data) {
            String id = data.path("id").asText();
            switch (name) {
                case "ENTER", "UPDATE" -> present.put(id, data.path("status").asText());
                case "EXIT" -> present.remove(id);
                case "RESET" -> present.clear();
                default -> assertThat(name).isEqualTo("SYNCED");
            }
            events.add(
                    id.isEmpty()
                            ? name
                            : name + " " + id + " " + data.path("status").asText());
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    @Test
    void stream_ofARoom_hasTheSnapshotThenLiveEvents() throws Exception {
        write("bob-tab", "lobby", "reading");
        write("bob-phone", "kitchen", "reading");
        try (Stream stream = open("ada-token").readUntil("SYNCED")) {
            write("bob-tab", "lobby", "typing");
            stream.readUntil("UPDATE bob-tab typing");
            store.update("bob-tab", PresencePatch.none().metadata(Map.of("room", "kitchen")));
            stream.readUntil("EXIT bob-tab typing");

            assertThat(stream.events)
                    .containsExactly("ENTER bob-tab reading", "SYNCED", "UPDATE bob-tab typing", "EXIT bob-tab typing");
        }
    }

    @Test
    void stream_ofAPrincipalThatMayNotRead_isEmpty() throws Exception {
        write("bob-tab", "lobby", "reading");
        try (Stream stream = open("guest-token").readUntil("SYNCED")) {
            assertThat(stream.events).containsExactly("SYNCED");
        }
    }

    @Test
    void stream_withoutEvents_hasHeartbeats() throws Exception {
        try (Stream stream = open("ada-token").readUntil(read -> read.comments >= 2)) {
            assertThat(stream.present).isEmpty();
        }
    }

    @Test
    void stream_ofALastEventId_hasWhatWasMissed() throws Exception {
        write("bob-tab", "lobby", "reading");
        String position;
        try (Stream stream = open("ada-token").readUntil("SYNCED")) {
            String before = stream.lastEventId;
            position = stream.readUntil(read -> !read.lastEventId.equals(before)).lastEventId;
        }
        write("bob-phone", "lobby", "reading");
        try (Stream stream = open("ada-token", "Last-Event-ID", position).readUntil("SYNCED")) {
            assertThat(stream.events).containsExactly("ENTER bob-phone reading", "SYNCED");
        }
    }

    @Test
    void stream_ofAnUnknownLastEventId_isReset() throws Exception {
        write("bob-tab", "lobby", "reading");
        try (Stream stream = open("ada-token", "Last-Event-ID", "unknown").readUntil("SYNCED")) {
            assertThat(stream.events).containsExactly("RESET", "ENTER bob-tab reading", "SYNCED");
        }
    }

    @Test
    void stream_ofASlowClient_conflatesAndEndsInTheLastState() throws Exception {
        int presences = 400;
        String large = "x".repeat(60_000);
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(64 * 1024);
            socket.connect(server.getAddress());
            String request = "GET " + path("ada-token", LOBBY) + " HTTP/1.0\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(reader.readLine()).contains("200");

            /* 24 MB fit into no buffer of a socket, so changes of the first round are pending in the second. */
            for (String status : List.of("first", "second")) {
                for (int i = 0; i < presences; i++) {
                    store.upsert(PresenceUpsert.of("p" + i, "bob", status)
                            .metadata(Map.of("room", "lobby", "large", large))
                            .permissions(Permission.read(Role.users())));
                }
                store.flush().toCompletableFuture().join();
            }
            assertThat(store.stats().conflated()).isPositive();

            write("last", "lobby", "last");
            int events = 0;
            Map<String, String> statuses = new TreeMap<>();
            String line = reader.readLine();
            while (!statuses.containsKey("last")) {
                if (line.startsWith("data: {")) {
                    JsonNode data = new ObjectMapper().readTree(line.substring("data: ".length()));
                    statuses.put(data.path("id").asText(), data.path("status").asText());
                    events++;
                }
                line = reader.readLine();
            }
            assertThat(events).isLessThan(2 * presences);
            assertThat(statuses).hasSize(presences + 1);
            statuses.remove("last");
            assertThat(statuses.values()).containsOnly("second");
        }
    }

    @Test
    void disconnect_ofAClient_closesItsSubscription() throws Exception {
        open("ada-token").readUntil("SYNCED").close();

        while (store.stats().subscriptions() > 0) {
            store.flush().toCompletableFuture().join(); // The next heartbeats find the connection closed.
        }
    }

    @Test
    void close_ofTheStore_endsTheStream() throws Exception {
        try (Stream stream = open("ada-token").readUntil("SYNCED")) {
            store.close();
            String line = stream.lines.readLine();
            while (line != null) {
                line = stream.lines.readLine();
            }
        }
    }

    @Test
    void get_withAnUnknownToken_isRefused() throws Exception {
        HttpResponse<String> response = get(path("eve-token", LOBBY), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).isEqualTo("token must be known");
    }

    @Test
    void get_withAQueryThatIsNone_isRefused() throws Exception {
        HttpResponse<String> response = get(path("ada-token", "{}"), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("method");
    }

    @Test
    void get_onceTheStoreIsClosed_isUnavailable() throws Exception {
        store.close();

        assertThat(get(path("ada-token", LOBBY), BodyHandlers.ofString()).statusCode())
                .isEqualTo(503);
    }
}

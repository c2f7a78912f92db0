package io.presence.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceStore;
import io.presence.testing.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The stories of a chat service, each over real sockets. The time of the store stands still until a test moves it. */
@Timeout(120)
class ChatServerTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newHttpClient();
    private final ManualClock clock = new ManualClock();
    private final PresenceStore store = PresenceStore.builder()
            .nanoClock(clock)
            .wallClock(clock)
            .lockPolicy((user, document) -> true)
            .build();
    private ConfigurableApplicationContext server;
    private String address;

    @BeforeEach
    void start() {
        SpringApplication application = new SpringApplication(ChatServer.class);
        application.addInitializers(context ->
                ((GenericApplicationContext) context).registerBean("store", PresenceStore.class, () -> store));
        server = application.run("--server.port=0", "--server.address=127.0.0.1", "--spring.main.banner-mode=off");
        address = "127.0.0.1:" + server.getEnvironment().getProperty("local.server.port");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** A tab of a user who may enter the lobby. */
    private final class Tab implements WebSocket.Listener {

        private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();
        private final WebSocket socket;

        Tab(String user, String name) {
            URI uri = URI.create("ws://" + address + "/chat?room=lobby&user=" + user + "&tab=" + name);
            socket = http.newWebSocketBuilder().buildAsync(uri, this).join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
            part.append(data);
            if (isLast) {
                frames.add(JSON.readTree(part.toString()));
                part.setLength(0);
            }
            from.request(1);
            return null;
        }

        Tab send(String action) {
            return send(Map.of("action", action, "room", "lobby", "document", "plan"));
        }

        Tab send(Map<String, String> message) {
            socket.sendText(JSON.writeValueAsString(message), true).join();
            return this;
        }

        JsonNode next() throws InterruptedException {
            return frames.take();
        }

        /** The next event, as its change, user, kind and cause. */
        String nextEvent() throws InterruptedException {
            JsonNode event = next();
            JsonNode presence = event.get("payload");
            String cause = event.has("cause") ? " " + event.get("cause").asString() : "";
            return event.get("change").asString() + " " + presence.get("userId").asString() + " "
                    + presence.get("metadata").get("kind").asString() + cause;
        }

        List<String> events(int count) throws InterruptedException {
            List<String> events = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                events.add(nextEvent());
            }
            return events;
        }

        /** The token of the lock that it is granted next. */
        long token() throws InterruptedException {
            String answer = next().get("lock").asString();
            assertThat(answer).startsWith("locked, token ");
            return Long.parseLong(answer.substring("locked, token ".length()));
        }

        void lose() {
            socket.abort();
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://" + address + path)).build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    /** The number of users in the lobby, or of those who view the plan. */
    private int users(int index) throws IOException, InterruptedException {
        return JSON.readTree(get("/counts?room=lobby&document=plan"))
                .get(index)
                .get("users")
                .asInt();
    }

    private int members() throws IOException, InterruptedException {
        return users(0);
    }

    private int viewers() throws IOException, InterruptedException {
        return users(1);
    }

    /** Bob, who has joined the lobby and received his own presence. */
    private Tab bob() throws InterruptedException {
        Tab bob = new Tab("bob", "b").send("join");
        assertThat(bob.nextEvent()).isEqualTo("ENTER bob member");
        return bob;
    }

    @Test
    void multiTab_firstInAndLastOut_isOneUser() throws Exception {
        Tab bob = bob();
        Tab first = new Tab("ada", "1").send("join");
        assertThat(bob.nextEvent()).isEqualTo("ENTER ada member");
        new Tab("ada", "2").send("join");
        assertThat(bob.nextEvent()).isEqualTo("ENTER ada member");

        assertThat(members()).isEqualTo(2);
        assertThat(get("/last-seen?user=ada")).isEqualTo("null");

        first.send("leave");
        assertThat(bob.nextEvent()).isEqualTo("EXIT ada member DELETED");
        assertThat(members()).isEqualTo(2);
    }

    @Test
    void reload_withinTheGrace_isNotSeenByOthers() throws Exception {
        Tab bob = bob();
        Tab ada = new Tab("ada", "1").send("join");
        assertThat(bob.nextEvent()).isEqualTo("ENTER ada member");

        ada.lose();
        new Tab("ada", "1").send("join").send("typing");

        assertThat(bob.nextEvent()).isEqualTo("ENTER ada typing");
    }

    @Test
    void disconnect_beyondTheGrace_endsThePresenceAndIsLastSeen() throws Exception {
        Tab bob = bob();
        Tab ada = new Tab("ada", "1").send("join").send("view");
        assertThat(bob.events(2)).containsExactlyInAnyOrder("ENTER ada member", "ENTER ada view");
        assertThat(viewers()).isEqualTo(1);

        ada.lose();
        awaitClosedSession("ada");
        clock.advance(ChatServer.GRACE);

        assertThat(bob.events(2))
                .containsExactlyInAnyOrder("EXIT ada member DISCONNECTED", "EXIT ada view DISCONNECTED");
        assertThat(get("/last-seen?user=ada")).startsWith("2026-01-01T00:00:00");
        assertThat(viewers()).isZero();
    }

    /** Waits until the presences of a user end after the grace, and not by expiry. */
    private void awaitClosedSession(String user) {
        while (store.list().presences().stream()
                .anyMatch(presence -> presence.userId().equals(user)
                        && presence.expiresAt().isAfter(clock.instant().plus(ChatServer.GRACE)))) {
            Thread.onSpinWait();
        }
    }

    /** Pings, and returns the number of presences that the tab has. Fails if an event has arrived before. */
    private static int present(Tab tab) throws InterruptedException {
        return tab.send("ping").next().get("present").asInt();
    }

    @Test
    void hiddenTab_thatPingsOnceAMinute_stays() throws Exception {
        Tab bob = bob();
        Tab ada = new Tab("ada", "1").send("join");
        assertThat(bob.nextEvent()).isEqualTo("ENTER ada member");
        assertThat(ada.events(2)).containsExactlyInAnyOrder("ENTER bob member", "ENTER ada member");
        for (int minute = 0; minute < 5; minute++) {
            clock.advance(Duration.ofMinutes(1));
            assertThat(present(ada)).isEqualTo(1);
            assertThat(present(bob)).isEqualTo(1);
        }
        ada.send("typing");
        assertThat(bob.nextEvent()).isEqualTo("ENTER ada typing");
    }

    /** Tomcat does not end the socket of a client that is silent, so nothing but the TTL ends its presences. */
    @Test
    void silentTab_whoseSocketStaysOpen_isGoneAfter90Seconds() throws Exception {
        Tab bob = bob();
        Tab ada = new Tab("ada", "1").send("join");
        assertThat(bob.nextEvent()).isEqualTo("ENTER ada member");
        assertThat(ada.events(2)).containsExactlyInAnyOrder("ENTER bob member", "ENTER ada member");
        clock.advance(Duration.ofSeconds(60));
        assertThat(present(bob)).isEqualTo(1);
        clock.advance(Duration.ofSeconds(30));

        assertThat(bob.nextEvent()).isEqualTo("EXIT ada member EXPIRED");
        assertThat(ada.nextEvent()).as("the socket is open").isEqualTo("EXIT ada member EXPIRED");
        assertThat(present(ada)).as("a late heartbeat").isZero();
    }

    @Test
    void typing_endsByItself_althoughHeartbeatsContinue() throws Exception {
        Tab bob = bob();
        Tab ada = new Tab("ada", "1").send("join").send("typing");
        assertThat(bob.events(2)).containsExactlyInAnyOrder("ENTER ada member", "ENTER ada typing");

        clock.advance(Duration.ofSeconds(2));
        ada.send("ping").send("view");
        assertThat(bob.nextEvent()).isEqualTo("ENTER ada view");
        clock.advance(Duration.ofSeconds(1));

        assertThat(bob.nextEvent()).isEqualTo("EXIT ada typing EXPIRED");
    }

    @Test
    void twoTabs_andOneLock_haveOneHolder() throws Exception {
        Tab first = new Tab("ada", "1").send("lock");
        Tab second = new Tab("ada", "2");
        long token = first.token();

        second.send("lock");
        assertThat(second.next().get("lock").asString()).isEqualTo("denied");
        assertThat(store.locks().validate("plan", token)).isTrue();
        first.send("unlock").send("lock");
        long next = first.token();

        assertThat(next).isGreaterThan(token);
        assertThat(store.locks().validate("plan", token)).as("stale token").isFalse();
    }

    @Test
    void roomOfOthers_isNotVisible() throws Exception {
        Tab bob = bob();
        new Tab("eve", "1").send(Map.of("action", "join", "room", "kitchen"));
        new Tab("ada", "1").send("join");

        assertThat(bob.nextEvent()).isEqualTo("ENTER ada member");
    }

    @Test
    void message_thatIsRefused_isAnsweredAndAffectsNobodyElse() throws Exception {
        Tab bob = bob();

        bob.send(Map.of("action", "dance", "room", "lobby"));
        assertThat(bob.next().get("refused").asString()).contains("dance");
        bob.send(Map.of("action", "lock", "room", "lobby"));
        assertThat(bob.next().get("refused").asString()).contains("resource");
        bob.send("unlock").send("leave");
        assertThat(bob.nextEvent()).isEqualTo("EXIT bob member DELETED");
        bob.send("leave").send("join");

        assertThat(bob.nextEvent()).isEqualTo("ENTER bob member");
        new Tab("ada", "1").send("join");
        assertThat(bob.nextEvent()).isEqualTo("ENTER ada member");
    }
}

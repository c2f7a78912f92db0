package io.presence.examples.chat;

import io.presence.Channel;
import io.presence.PresenceStore;
import io.presence.Principal;
import io.presence.SubscriptionOptions;
import io.presence.count.PresenceCounts;
import io.presence.query.Query;
import io.presence.user.UserSubscription;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.util.UriComponentsBuilder;

/** A chat service: rooms, who types, who views which document, and documents that one tab edits at a time. */
@RestController
@EnableWebSocket
@SpringBootApplication
public class ChatServer extends TextWebSocketHandler implements WebSocketConfigurer {

    static final Duration GRACE = Duration.ofSeconds(5);
    private final PresenceStore store;
    private final ChatJson json;
    private final PresenceCounts members;
    private final PresenceCounts viewers;
    private final UserSubscription users;

    ChatServer(PresenceStore store, ChatJson json) {
        this.store = store;
        this.json = json;
        members = store.counts("metadata.room", Query.equal("metadata.kind", "member"));
        viewers = store.counts("metadata.document", Query.equal("metadata.kind", "view"));
        users = store.users(SubscriptionOptions.defaults(), event -> {}, Query.equal("metadata.kind", "member"));
    }

    /** Starts the server. */
    public static void main(String[] args) {
        SpringApplication.run(ChatServer.class, args);
    }

    @Bean
    @ConditionalOnMissingBean
    static PresenceStore store() {
        return PresenceStore.builder().lockPolicy((user, document) -> true).build();
    }

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        registry.addHandler(this, "/chat");
    }

    /** Here the address says who the user is and which rooms are his. In a service, your authentication does. */
    @Override
    public void afterConnectionEstablished(WebSocketSession socket) {
        var query = UriComponentsBuilder.fromUri(socket.getUri()).build().getQueryParams();
        var user = Principal.user(query.getFirst("user"));
        query.getOrDefault("room", List.of()).forEach(user::team);
        var session = store.open(user.build());
        Consumer<Object> output = json.output(socket);
        session.subscribe(Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), output::accept);
        socket.getAttributes().put("tab", new ChatTab(session, query.getFirst("tab"), output, new HashMap<>()));
    }

    @Override
    protected void handleTextMessage(WebSocketSession socket, TextMessage text) {
        ChatTab tab = (ChatTab) socket.getAttributes().get("tab");
        try {
            tab.read(json.read(text));
        } catch (RuntimeException refused) {
            tab.out().accept(Map.of("refused", String.valueOf(refused.getMessage())));
        }
    }

    /** The tab can come back within the grace, as if nothing had happened. */
    @Override
    public void afterConnectionClosed(WebSocketSession socket, CloseStatus status) {
        if (socket.getAttributes().get("tab") instanceof ChatTab tab)
            tab.session().close(GRACE);
    }

    @GetMapping("/counts")
    List<?> counts(@RequestParam("room") String room, @RequestParam("document") String document) {
        return List.of(members.of(room), viewers.of(document));
    }

    @GetMapping("/last-seen")
    String lastSeen(@RequestParam("user") String user) {
        return String.valueOf(users.lastSeen(user));
    }
}

package io.presence.examples.chat;

import io.presence.PresenceEvent;
import io.presence.jackson3.PresenceModule;
import io.presence.session.EventMemo;
import java.io.IOException;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.ConcurrentWebSocketSessionDecorator;
import tools.jackson.databind.json.JsonMapper;

/** The messages of the sockets as JSON. */
@Component
class ChatJson {

    private static final int SEND_MILLIS = 2_000;
    private static final int BUFFER_BYTES = 65_536;

    private final JsonMapper mapper =
            JsonMapper.builder().addModule(new PresenceModule()).build();
    /* An event is encoded once, however many sockets receive it. */
    private final EventMemo<TextMessage> events = new EventMemo<>(this::encode);

    ChatMessage read(TextMessage text) {
        return mapper.readValue(text.getPayload(), ChatMessage.class);
    }

    private TextMessage encode(Object message) {
        return new TextMessage(mapper.writeValueAsString(message));
    }

    /** Returns the output of a socket, which is closed if it is too slow: the page connects again. */
    Consumer<Object> output(WebSocketSession socket) {
        WebSocketSession buffered = new ConcurrentWebSocketSessionDecorator(socket, SEND_MILLIS, BUFFER_BYTES);
        return message -> {
            try {
                buffered.sendMessage(message instanceof PresenceEvent event ? events.of(event) : encode(message));
            } catch (IOException | RuntimeException tooSlow) {
                close(buffered);
            }
        };
    }

    private static void close(WebSocketSession socket) {
        try {
            socket.close(CloseStatus.SESSION_NOT_RELIABLE);
        } catch (IOException alreadyClosed) {
            return;
        }
    }
}

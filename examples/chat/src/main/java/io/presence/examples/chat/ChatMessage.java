package io.presence.examples.chat;

import java.util.Objects;

/**
 * A message of a client.
 *
 * @param action {@code join}, {@code leave}, {@code typing}, {@code view}, {@code lock}, {@code unlock} or {@code ping}
 * @param room the name of a room that the user may enter
 * @param document the name of a document, for {@code view}, {@code lock} and {@code unlock}; by default empty
 */
record ChatMessage(String action, String room, String document) {

    ChatMessage {
        Objects.requireNonNull(action, "action must not be null");
        Objects.requireNonNull(room, "room must not be null");
        document = Objects.requireNonNullElse(document, "");
    }
}

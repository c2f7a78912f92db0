package io.presence.examples.gateway.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.presence.Presence;
import io.presence.PresencePage;

/** Presences as models of Appwrite. */
public final class PresenceJson {

    private PresenceJson() {}

    /** Returns a presence as an object, with its keys in the order of Appwrite. */
    public static ObjectNode of(Presence presence) {
        ObjectNode node = Json.object();
        node.put("$id", presence.id());
        node.put("$createdAt", Times.write(presence.createdAt()));
        node.put("$updatedAt", Times.write(presence.updatedAt()));
        node.set(
                "$permissions",
                Json.strings(presence.permissions().stream()
                        .map(Object::toString)
                        .sorted()
                        .toList()));
        node.put("userId", presence.userId());
        node.put("status", presence.status());
        node.put("source", presence.source());
        node.put("expiresAt", Times.write(presence.expiresAt()));
        node.set("metadata", Json.tree(presence.metadata()));
        return node;
    }

    /** Returns a page as an object. */
    public static ObjectNode of(PresencePage page, boolean withTotal) {
        ObjectNode node = Json.object();
        node.put("total", withTotal ? page.total() : 0);
        var list = node.putArray("presences");
        page.presences().forEach(presence -> list.add(of(presence)));
        return node;
    }
}

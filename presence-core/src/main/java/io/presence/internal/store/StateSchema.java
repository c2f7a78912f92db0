package io.presence.internal.store;

import io.presence.query.QuerySchema.Kind;
import io.presence.query.RecordSchema;

/** The record schemas of presences: the attributes that each kind of query can name. */
public final class StateSchema {

    /** The attribute with the roles that can read a presence. Only the store's own conditions name it. */
    public static final String READERS = "$readers";

    /** The attributes of subscriptions. Without {@code expiresAt}, because heartbeats change it without an event. */
    public static final RecordSchema<PresenceState> LIVE = attributes().build();

    /** The attributes of lists and counts. */
    public static final RecordSchema<PresenceState> STORED = attributes()
            .attribute("expiresAt", Kind.TIMESTAMP, PresenceState::expiresAt)
            .build();

    /** The attributes of a subscription's filter combined with the condition on its principal's access. */
    public static final RecordSchema<PresenceState> READABLE =
            attributes().attribute(READERS, Kind.LIST, PresenceState::readers).build();

    private StateSchema() {}

    private static RecordSchema.Builder<PresenceState> attributes() {
        return RecordSchema.<PresenceState>builder()
                .attribute("$id", Kind.STRING, PresenceState::id)
                .attribute("userId", Kind.STRING, PresenceState::userId)
                .attribute("status", Kind.STRING, PresenceState::status)
                .attribute("source", Kind.STRING, PresenceState::source)
                .timestamp("$createdAt", PresenceState::createdAtMillis)
                .timestamp("$updatedAt", PresenceState::updatedAtMillis)
                .attribute("metadata", Kind.OBJECT, PresenceState::metadata);
    }
}

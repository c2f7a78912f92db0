package io.presence.internal.store;

import io.presence.query.QuerySchema.Kind;
import io.presence.query.RecordSchema;

/** The attributes of presences, and which of them queries may name where. */
public final class StateSchema {

    /** Whose reading roles conditions on access ask for; no query of a user can name it. */
    public static final String READERS = "$readers";

    /** What a subscription may name. {@code expiresAt} is not there, since heartbeats move it silently. */
    public static final RecordSchema<PresenceState> LIVE = attributes().build();

    /** What a list or a count may name. */
    public static final RecordSchema<PresenceState> STORED = attributes()
            .attribute("expiresAt", Kind.TIMESTAMP, PresenceState::expiresAt)
            .build();

    /** What the conditions of a subscription name: what it asks, and what its caller may read. */
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

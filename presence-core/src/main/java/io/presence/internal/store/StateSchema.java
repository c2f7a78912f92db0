package io.presence.internal.store;

import io.presence.query.QuerySchema.Kind;
import io.presence.query.RecordSchema;

/** The attributes of presences, and which of them queries may name where. */
public final class StateSchema {

    /** Whose reading roles conditions on access ask for; no query of a user can name it. */
    public static final String READERS = "$readers";

    /** What a subscription may name. {@code expiresAt} is not there, since heartbeats move it silently. */
    public static final RecordSchema<State> LIVE = attributes().build();

    /** What a list or a count may name. */
    public static final RecordSchema<State> STORED = attributes()
            .attribute("expiresAt", Kind.TIMESTAMP, State::expiresAt)
            .build();

    /** What the conditions of a subscription name: what it asks, and what its caller may read. */
    public static final RecordSchema<State> READABLE =
            attributes().attribute(READERS, Kind.LIST, State::readers).build();

    private StateSchema() {}

    private static RecordSchema.Builder<State> attributes() {
        return RecordSchema.<State>builder()
                .attribute("$id", Kind.STRING, State::id)
                .attribute("userId", Kind.STRING, State::userId)
                .attribute("status", Kind.STRING, State::status)
                .attribute("source", Kind.STRING, State::source)
                .timestamp("$createdAt", State::createdAtMillis)
                .timestamp("$updatedAt", State::updatedAtMillis)
                .attribute("metadata", Kind.OBJECT, State::metadata);
    }
}

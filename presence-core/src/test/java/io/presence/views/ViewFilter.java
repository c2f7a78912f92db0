package io.presence.views;

import io.presence.Presence;
import io.presence.query.Query;
import java.util.function.Predicate;

/** The filters of the model. */
enum ViewFilter {
    NONE(presence -> true),
    IN_ROOM_A(presence -> "a".equals(presence.metadata().get("room")), Query.equal("metadata.room", "a")),
    NOT_AWAY(presence -> !presence.status().equals("away"), Query.notEqual("status", "away"));

    private final Predicate<Presence> model;
    private final Query[] queries;

    ViewFilter(Predicate<Presence> model, Query... queries) {
        this.model = model;
        this.queries = queries;
    }

    Predicate<Presence> model() {
        return model;
    }

    Query[] queries() {
        return queries.clone();
    }
}

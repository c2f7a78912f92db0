/** The query language of presences. See {@link io.presence.query}. */
@org.jspecify.annotations.NullMarked
module io.presence.query {
    requires static com.fasterxml.jackson.core;
    requires static org.jspecify;

    exports io.presence.query;
}

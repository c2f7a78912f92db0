/** An in-process presence store. The entry point is {@link io.presence.PresenceStore}. */
@org.jspecify.annotations.NullMarked
module io.presence {
    requires transitive io.presence.query;
    requires org.jctools.core.jdk11;
    requires static org.agrona;
    requires static org.jspecify;

    exports io.presence;
    exports io.presence.agrona;
    exports io.presence.session;
    exports io.presence.testing;
}

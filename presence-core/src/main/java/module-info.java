/** An in-process presence store. The entry point is {@link io.presence.PresenceStore}. */
@org.jspecify.annotations.NullMarked
module io.presence {
    requires transitive io.presence.query;
    requires org.jctools.core.jdk11;
    requires static com.fasterxml.jackson.core;
    requires static com.fasterxml.jackson.databind;
    requires static jdk.jfr;
    requires static micrometer.core;
    requires static org.agrona;
    requires static org.jspecify;
    requires static tools.jackson.core;
    requires static tools.jackson.databind;

    exports io.presence;
    exports io.presence.access;
    exports io.presence.agrona;
    exports io.presence.cluster;
    exports io.presence.count;
    exports io.presence.jackson2;
    exports io.presence.jackson3;
    exports io.presence.json;
    exports io.presence.lock;
    exports io.presence.micrometer;
    exports io.presence.session;
    exports io.presence.testing;
    exports io.presence.user;
}

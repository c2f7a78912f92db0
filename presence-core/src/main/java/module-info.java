/** The presence store: see {@link io.presence}. */
@org.jspecify.annotations.NullMarked
module io.presence {
    requires transitive io.presence.query;
    requires org.agrona;
    requires org.jctools.core.jdk11;
    requires static org.jspecify;

    exports io.presence;
}

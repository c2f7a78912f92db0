package io.presence.internal.cluster;

/** A change of one presence, as its owner sends it to the other nodes. */
sealed interface Operation permits Put, End, Operation.Unknown {

    /** The one instance of {@link Unknown}. */
    Unknown UNKNOWN = new Unknown();

    /** An operation of a newer version, which this one cannot read. It takes a revision, as each operation does. */
    record Unknown() implements Operation {}
}

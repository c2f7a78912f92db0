package io.presence;

import org.jspecify.annotations.Nullable;

/**
 * An opaque version of a presence. Two presences of one store, or of the nodes of one
 * {@linkplain PresenceStoreBuilder#cluster cluster}, have equal versions if and only if they are of one write. Versions
 * have no order.
 *
 * <p>{@link Presence#version} describes when a presence gets a new version. {@link PresenceUpsert#ifVersion},
 * {@link PresencePatch#ifVersion} and {@link Presences#delete(String, Version)} take one as a condition. The
 * versions of stores that are not connected are unrelated.
 *
 * <p><b>Threads.</b> Immutable.
 */
public final class Version {

    private final long incarnation;
    private final long write;

    private Version(long incarnation, long write) {
        this.incarnation = incarnation;
        this.write = write;
    }

    /**
     * Returns the version with two numbers, for an implementation of {@link Presence} in a test. Other code gets
     * versions from {@link Presence#version}.
     *
     * @param incarnation any number
     * @param write any number
     * @return a version that equals each other one with these numbers
     */
    public static Version of(long incarnation, long write) {
        return new Version(incarnation, write);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Version that && incarnation == that.incarnation && write == that.write;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(incarnation * 31 + write);
    }

    /**
     * Returns a text for logs. Its form is not specified.
     *
     * @return equal texts for equal versions
     */
    @Override
    public String toString() {
        return Long.toHexString(incarnation) + "-" + Long.toHexString(write);
    }
}

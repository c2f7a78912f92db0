package io.presence;

/**
 * A permission of a {@link Principal} for a group of operations on all presences. It is checked before the permissions
 * of a single presence.
 */
public enum Scope {
    /** To get, list, count and subscribe. */
    PRESENCES_READ("presences.read"),
    /** To upsert, update, touch and delete. */
    PRESENCES_WRITE("presences.write");

    private final String text;

    Scope(String text) {
        this.text = text;
    }

    /**
     * Returns Appwrite's name of the scope.
     *
     * @return for example {@code presences.read}
     */
    @Override
    public String toString() {
        return text;
    }
}

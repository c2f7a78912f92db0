package io.presence.internal.read;

import io.presence.internal.store.PresenceState;
import java.util.List;

/**
 * The first characters in which the ids of some states differ, as a number for each id. Two numbers have the order of
 * their ids, unless they are equal. A sort that compares them reads no states and strings, which are at random
 * addresses.
 *
 * <p>Ids are printable ASCII, so the order of characters is that of code points.
 *
 * <p><b>Threads.</b> Immutable.
 */
final class IdKeys {

    private static final int CHARACTERS = Long.BYTES;
    private static final int MAX_CHARACTER = Byte.MAX_VALUE;

    /* The number of characters with which all ids begin. */
    private final int shared;

    private IdKeys(int shared) {
        this.shared = shared;
    }

    /** Returns the keys of the ids of these states. */
    static IdKeys of(List<PresenceState> states) {
        String first = states.isEmpty() ? "" : states.get(0).id();
        int shared = first.length();
        for (PresenceState state : states) {
            String id = state.id();
            shared = Math.min(shared, id.length());
            while (!id.regionMatches(0, first, 0, shared)) {
                shared--;
            }
        }
        return new IdKeys(shared);
    }

    /** Returns the key of one of the ids. */
    long key(String id) {
        long key = 0;
        for (int i = shared; i < shared + CHARACTERS; i++) {
            key = key << Byte.SIZE | (i < id.length() ? Math.min(id.charAt(i), MAX_CHARACTER) : 0);
        }
        return key;
    }
}

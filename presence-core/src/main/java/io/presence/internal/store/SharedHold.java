package io.presence.internal.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The holds of two to {@value #MAX_HOLDERS} sessions to one incarnation.
 *
 * <p><b>Threads.</b> Immutable.
 */
final class SharedHold implements Holding {

    /** The maximum number of sessions that hold one presence. */
    static final int MAX_HOLDERS = 16;

    private final Hold[] holds;

    private SharedHold(Hold[] holds) {
        this.holds = holds;
    }

    /** Two holders. */
    SharedHold(Hold first, Hold second) {
        this(new Hold[] {first, second});
    }

    /** Returns whether no further session can hold the presence. */
    boolean isFull() {
        return holds.length == MAX_HOLDERS;
    }

    /** These holders and another one. */
    SharedHold with(Hold added) {
        Hold[] more = Arrays.copyOf(holds, holds.length + 1);
        more[holds.length] = added;
        return new SharedHold(more);
    }

    @Override
    public @Nullable Hold of(SessionHolds session) {
        for (Hold hold : holds) {
            if (hold.session == session) {
                return hold;
            }
        }
        return null;
    }

    @Override
    public boolean contains(Hold hold) {
        for (Hold each : holds) {
            if (each == hold) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Holding without(Hold hold) {
        if (!contains(hold)) {
            return this;
        }
        if (holds.length == 2) {
            return holds[0] == hold ? holds[1] : holds[0];
        }
        Hold[] rest = new Hold[holds.length - 1];
        int kept = 0;
        for (Hold each : holds) {
            if (each != hold) {
                rest[kept++] = each;
            }
        }
        return new SharedHold(rest);
    }
}

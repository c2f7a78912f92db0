package io.presence.internal;

import io.presence.PresenceException;
import io.presence.PresenceUpsert;
import io.presence.WriteResult;
import io.presence.WriteResult.Attempt;
import io.presence.internal.store.Access;
import io.presence.internal.store.PresenceTable;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * The attempts of several upserts, as an immutable list once {@link #make} has returned. An attempt is created when it
 * is read, since most callers read few of them.
 */
final class Attempts extends AbstractList<Attempt> implements RandomAccess {

    private static final int READ_AHEAD = 64;

    private final List<PresenceUpsert> upserts;
    /* The result or the refusal of each upsert. */
    private final Object[] outcomes;

    /**
     * Copies the upserts.
     *
     * @throws NullPointerException if one is null
     */
    Attempts(Collection<PresenceUpsert> upserts) {
        this.upserts = new ArrayList<>(upserts);
        this.outcomes = new Object[this.upserts.size()];
        for (int i = 0; i < outcomes.length; i++) {
            if (this.upserts.get(i) == null) {
                throw new NullPointerException("upserts[" + i + "] must not be null");
            }
        }
    }

    /** Makes the upserts in their order, whatever becomes of each. */
    void make(PresenceTable table, Access access) {
        for (int from = 0; from < outcomes.length; from += READ_AHEAD) {
            int to = Math.min(from + READ_AHEAD, outcomes.length);
            table.readAheadOf(upserts.subList(from, to));
            for (int i = from; i < to; i++) {
                outcomes[i] = outcome(upserts.get(i), table, access);
            }
        }
    }

    private static Object outcome(PresenceUpsert upsert, PresenceTable table, Access access) {
        try {
            return table.upsert(upsert, access);
        } catch (PresenceException | IllegalArgumentException refusal) {
            return refusal;
        }
    }

    @Override
    public Attempt get(int index) {
        Object outcome = outcomes[Objects.checkIndex(index, outcomes.length)];
        PresenceUpsert upsert = upserts.get(index);
        return outcome instanceof WriteResult result
                ? new Attempt(upsert, result, null)
                : new Attempt(upsert, null, (RuntimeException) outcome);
    }

    @Override
    public int size() {
        return outcomes.length;
    }
}

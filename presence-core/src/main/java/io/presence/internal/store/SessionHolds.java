package io.presence.internal.store;

import static java.util.Objects.requireNonNull;

import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Scope;
import io.presence.Version;
import io.presence.WriteResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The presences that one session holds, and its writes. Presences that it has lost are removed by a heartbeat of all
 * or when the list is full, so the list is at most twice as long as the number of held presences.
 *
 * <p><b>Threads.</b> Safe for use by any thread. The monitor of this object is taken before that of an entry.
 */
public final class SessionHolds {

    private static final int MIN_LENGTH = 4;
    private static final Hold[] NONE = {};

    private final PresenceTable table;
    private final HeldPresences presences;
    /* Guarded by this. */
    private Access access;
    private Hold[] holds = NONE;
    private int size;
    private boolean isClosed;
    /* Whether the access is known to have the scope to write. Read in place of the principal, which is far away. */
    private boolean isWriter;
    /* The result of reads that must not be optimized away. */
    @SuppressWarnings("unused")
    private long fetched;

    SessionHolds(PresenceTable table, Access access) {
        this.table = table;
        this.presences = table.held();
        this.access = access;
    }

    /** Writes a presence, which the session then holds unless the upsert is unheld. */
    public synchronized WriteResult upsert(PresenceUpsert upsert) {
        requireWriter();
        if (upsert.isUnheld()) {
            return table.upsert(upsert, access);
        }
        reserve();
        Hold hold = new Hold(this);
        try {
            return table.upsert(upsert, access, hold);
        } finally {
            /* Also if a write that has happened throws. */
            if (hold.entry != null) {
                hold.index = size;
                holds[size++] = hold;
            }
        }
    }

    /** Makes sure that one more hold can be added without an allocation. */
    private void reserve() {
        if (size < holds.length) {
            return;
        }
        for (int i = size - 1; i >= 0; i--) {
            if (presences.isLost(holds[i])) {
                remove(holds[i]);
            }
        }
        if (size > holds.length / 2 || holds.length == 0) {
            holds = Arrays.copyOf(holds, Math.max(MIN_LENGTH, 2 * holds.length));
        }
    }

    private void remove(Hold hold) {
        Hold last = holds[--size];
        holds[hold.index] = last;
        last.index = hold.index;
        holds[size] = null;
    }

    /** Changes a held presence. */
    public synchronized WriteResult update(String id, PresencePatch patch) {
        requireWriter();
        return table.update(id, patch, access, this);
    }

    /** Extends the deadline of a held presence. False if there is no live presence of that id. */
    public synchronized boolean touch(String id) {
        requireWriter();
        Hold hold;
        while ((hold = presences.find(id, this, access)) != null) {
            if (presences.touch(hold, presences.now())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Extends the deadlines of all held presences, with one reading of the clock.
     *
     * @return the number of held presences that are alive
     */
    public synchronized int touch() {
        requireWriter();
        long now = presences.now();
        fetch();
        for (int i = size - 1; i >= 0; i--) {
            Hold hold = holds[i];
            if (!presences.touch(hold, now)) {
                remove(hold);
            }
        }
        return size;
    }

    /**
     * Reports activity of all held presences, with one reading of the clock.
     *
     * @return the number of held presences that are alive
     */
    public synchronized int active() {
        requireWriter();
        long now = presences.now();
        for (int i = size - 1; i >= 0; i--) {
            Hold hold = holds[i];
            if (!presences.active(hold, now)) {
                remove(hold);
            }
        }
        return size;
    }

    /*
     * Reads of different entries do not depend on each other, so the processor waits for the memory of all of them at
     * once. In the heartbeats it would wait for one after the other, because each CAS orders the reads around it.
     */
    private void fetch() {
        long all = 0;
        for (int i = 0; i < size; i++) {
            all ^= presences.read(holds[i]);
        }
        fetched = all;
    }

    /** Deletes a held presence. False if there is no live presence of that id. */
    public synchronized boolean delete(String id) {
        requireWriter();
        Hold hold;
        while ((hold = presences.find(id, this, access)) != null) {
            if (presences.delete(hold)) {
                remove(hold);
                return true;
            }
        }
        return false;
    }

    /** Returns whether a presence is alive, is held, and has a version. */
    public synchronized boolean isHeld(String id, Version version) {
        return findHeld(id, version) != null;
    }

    /** Extends the deadline of a held presence with a version. False if there is none. */
    public synchronized boolean touch(String id, Version version) {
        Hold hold = findHeld(id, version);
        return hold != null && presences.touch(hold, presences.now());
    }

    /** Deletes a held presence with a version. False if there is none. */
    public synchronized boolean delete(String id, Version version) {
        Hold hold = findHeld(id, version);
        if (hold == null || !presences.delete(hold)) {
            return false;
        }
        remove(hold);
        return true;
    }

    private @Nullable Hold findHeld(String id, Version version) {
        return isClosed || table.isClosed() ? null : presences.findHeld(id, this, version);
    }

    /** Returns the ids of the held presences, and perhaps of some that were held before. */
    public synchronized List<String> ids() {
        List<String> ids = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            ids.add(requireNonNull(holds[i].entry).id());
        }
        return ids;
    }

    /**
     * Changes the caller. If the next caller is another user, all held presences are released first: each ends as
     * disconnected, unless another session holds it.
     *
     * @param next the caller of later operations
     * @param isSameUser whether the held presences belong to its user
     */
    public synchronized void switchAccess(Access next, boolean isSameUser) {
        requireOpen();
        if (!isSameUser) {
            releaseAll(Ending.DISCONNECTED, presences.now(), 0);
        }
        access = next;
        isWriter = false;
    }

    /** Returns the caller. */
    public synchronized Access access() {
        return access;
    }

    /**
     * Ends all holds, once; presences without another holder end as disconnected.
     *
     * @param grace nanoseconds after which they end
     */
    public synchronized void close(long grace) {
        if (size > 0) {
            long now = presences.now();
            isClosed = true;
            releaseAll(Ending.DISCONNECTED, now, grace);
        }
        isClosed = true;
    }

    /**
     * Ends all holds, once; presences without another holder end as shut down.
     *
     * @param now a reading of the clock
     */
    public synchronized void shutDown(long now) {
        isClosed = true;
        if (size > 0) {
            releaseAll(Ending.SHUTDOWN, now, 0);
        }
    }

    /* Each hold that could not be ended is kept, and a further call ends it. */
    private void releaseAll(Ending ending, long now, long grace) {
        Throwable failure = null;
        for (int i = size - 1; i >= 0; i--) {
            Hold hold = holds[i];
            try {
                presences.release(hold, ending, now, grace);
                remove(hold);
            } catch (RuntimeException | Error thrown) {
                failure = thrown;
            }
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
        holds = NONE;
    }

    /** Returns whether the session is not closed. */
    public synchronized boolean isOpen() {
        return !isClosed;
    }

    /** Fails if the session is closed. */
    public synchronized void requireOpen() {
        if (isClosed) {
            throw StoreErrors.sessionClosed();
        }
    }

    private void requireWriter() {
        requireOpen();
        table.requireOpen();
        if (!isWriter) {
            access.require(Scope.PRESENCES_WRITE);
            isWriter = true;
        }
    }
}

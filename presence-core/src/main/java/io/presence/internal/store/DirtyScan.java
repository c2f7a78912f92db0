package io.presence.internal.store;

import java.util.Collections;
import java.util.Iterator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A scan over all entries for those that are dirty but not enqueued, because something was thrown before they were or
 * because the queue is full.
 *
 * <p>A writer sets the entry's flag, then requests a scan. The dispatcher clears the request, then starts a scan.
 * Hence it finds the entry in that scan or starts another.
 *
 * <p><b>Cost.</b> A request is one volatile write. A scan is O(entries), at most {@value #SLICE} in one call.
 *
 * <p><b>Threads.</b> {@link #request} by any thread, the rest by the dispatcher.
 */
final class DirtyScan {

    private static final int SLICE = 1024;

    private Supplier<Iterator<Entry>> entries = Collections::emptyIterator;
    private volatile boolean requested;
    private @Nullable Iterator<Entry> pass;

    /** Sets the entries to scan, once, before the first request. */
    void scan(Supplier<Iterator<Entry>> all) {
        entries = all;
    }

    /** Requests a scan. */
    void request() {
        requested = true;
    }

    /** Returns whether no scan is running or requested. */
    boolean isIdle() {
        return pass == null && !requested;
    }

    /** The next dirty entry, or null if this slice has none. */
    @Nullable Entry next() {
        if (pass == null && requested) {
            Iterator<Entry> all = entries.get();
            requested = false;
            pass = all;
        }
        return pass == null ? null : next(pass);
    }

    private @Nullable Entry next(Iterator<Entry> all) {
        for (int i = 0; i < SLICE; i++) {
            if (!all.hasNext()) {
                pass = null;
                return null;
            }
            Entry entry = all.next();
            if (entry.isDirty()) {
                return entry;
            }
        }
        return null;
    }
}

package io.presence.internal.view;

import io.presence.internal.store.StoreErrors;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The open views of a store, at most a given number, each with the number of its uses.
 *
 * <p><b>Threads.</b> Safe for use by any thread. The monitor is held while a view is created.
 */
final class OpenViews {

    private final Map<ViewKey, View> views = new HashMap<>();
    private final int maxViews;

    OpenViews(int maxViews) {
        this.maxViews = maxViews;
    }

    /**
     * Adds a use of a view.
     *
     * @param creator creates and starts the view if it is not open
     * @throws io.presence.PresenceException {@code LIMIT_EXCEEDED}, or what the creator throws
     */
    synchronized View acquire(ViewKey key, Supplier<View> creator) {
        View view = views.get(key);
        if (view == null) {
            if (views.size() >= maxViews) {
                throw StoreErrors.views(maxViews);
            }
            view = creator.get();
            put(key, view);
        }
        view.addUse();
        return view;
    }

    private void put(ViewKey key, View created) {
        try {
            views.put(key, created);
        } catch (Throwable failure) {
            created.source().close();
            throw failure;
        }
    }

    /** Removes a use of a view, and closes the view if it was the last. */
    void release(View view) {
        @Nullable View unused = remove(view);
        if (unused != null) {
            unused.source().close();
        }
    }

    private synchronized @Nullable View remove(View view) {
        if (!view.removeUse()) {
            return null;
        }
        views.remove(view.key(), view);
        return view;
    }
}

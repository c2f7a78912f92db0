package io.presence.internal.view;

import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Change;
import io.presence.count.ValueCount;
import io.presence.internal.store.PresenceState;
import io.presence.query.AttributePath;
import io.presence.query.Values;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The counts of one attribute by the {@linkplain Values#key key} of its value. A value without a key is not counted.
 *
 * <p><b>Threads.</b> As for {@link Fold}.
 */
final class CountFold implements Fold<ValueCount> {

    private final AttributePath attribute;
    private final Map<Object, Tally> tallies = new ConcurrentHashMap<>();
    private volatile Tally all = new Tally();

    CountFold(AttributePath attribute) {
        this.attribute = attribute;
    }

    /** The counts of an attribute. */
    record Kind(AttributePath attribute) implements ViewKey.Kind {

        @Override
        public Fold<?> newFold() {
            return new CountFold(attribute);
        }
    }

    @Override
    public void apply(PresenceEvent event, Consumer<Object> touching) {
        Presence presence = event.presence();
        Object before = event.change() == Change.ENTER ? null : valueOf(previous(event));
        Object after = event.change() == Change.EXIT ? null : valueOf(presence);
        if (before == null ? after == null : before.equals(after)) {
            return;
        }
        String user = presence.userId();
        if (after != null) {
            touching.accept(after);
            add(after, user);
        }
        if (before != null) {
            touching.accept(before);
            remove(before, user);
        }
        if (before == null) {
            all.add(user);
        } else if (after == null) {
            all.remove(user);
        }
    }

    private static Presence previous(PresenceEvent event) {
        Presence previous = event.previous();
        return previous == null ? event.presence() : previous;
    }

    private @Nullable Object valueOf(Presence presence) {
        return Values.key(((PresenceState) presence).get(attribute));
    }

    private void add(Object value, String user) {
        Tally tally = tallies.get(value);
        if (tally == null) {
            tally = new Tally();
            tallies.put(value, tally);
        }
        tally.add(user);
    }

    private void remove(Object value, String user) {
        Tally tally = tallies.get(value);
        if (tally != null && tally.remove(user)) {
            tallies.remove(value);
        }
    }

    @Override
    public @Nullable ValueCount get(Object key) {
        Tally tally = tallies.get(key);
        long counts = tally == null ? 0 : tally.counts();
        return counts == 0 ? null : count(key, counts);
    }

    private static ValueCount count(Object value, long counts) {
        return new ValueCount(value, Tally.presences(counts), Tally.users(counts));
    }

    @Override
    public Iterator<?> keys() {
        return tallies.keySet().iterator();
    }

    /** Calls a function with the count of each value. */
    void forEach(Consumer<ValueCount> action) {
        tallies.forEach((value, tally) -> {
            long counts = tally.counts();
            if (counts != 0) {
                action.accept(count(value, counts));
            }
        });
    }

    int size() {
        return tallies.size();
    }

    /** Returns the counts of all values together, as {@link Tally#counts}. */
    long all() {
        return all.counts();
    }

    @Override
    public String id(Object key) {
        return key instanceof String text ? "=" + text : key.getClass().getSimpleName() + key;
    }

    @Override
    public void clear() {
        tallies.clear();
        all = new Tally();
    }
}

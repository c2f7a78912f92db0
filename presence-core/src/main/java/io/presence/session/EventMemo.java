package io.presence.session;

import static java.util.Objects.requireNonNull;

import io.presence.PresenceEvent;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A cache of the results that a host derives from events, such as their JSON, for all sessions together. If 1,000
 * sessions receive one change, it is encoded once.
 *
 * <pre>{@code
 * EventMemo<String> memo = new EventMemo<>(event -> event.change() + " " + event.presence().id());
 * List<String> sent = new ArrayList<>();
 * PresenceListener oneOfManySessions = event -> sent.add(memo.of(event));
 * }</pre>
 *
 * <p>A result belongs to one change as delivered: the presence and the previous presence as objects, the revision, the
 * action, the change and the cause. A slow listener has another previous presence, so it has a result of its own. So a
 * result never discloses a previous presence to a viewer that has not received it.
 *
 * <p><b>Cost.</b> One look-up. The memo has {@value #SLOTS} slots by default, and a result stays in its slot until
 * another change takes it. It holds at most this number of events, each with at most two presences, until {@link
 * #clear}. If listeners receive more changes at a time than there are slots, each listener encodes them again.
 *
 * <p><b>Threads.</b> Safe for use by any thread, without locks. Threads that need the same result at the same moment
 * can each encode it.
 *
 * @param <T> the type of the results, which many threads share
 */
public final class EventMemo<T> {

    /** The default number of slots. */
    public static final int SLOTS = 64;

    /** The maximum number of slots. */
    public static final int MAX_SLOTS = 65_536;

    private final Function<? super PresenceEvent, ? extends T> encoder;
    private final AtomicReferenceArray<@Nullable Slot<T>> slots;

    private record Slot<T>(PresenceEvent event, T result) {}

    /**
     * Creates an empty memo.
     *
     * @param encoder the function that derives a result from an event. It must depend on the event alone, since its
     *     result is for all viewers. It is called by the threads that call {@link #of}
     */
    public EventMemo(Function<? super PresenceEvent, ? extends T> encoder) {
        this(encoder, SLOTS);
    }

    /**
     * Creates an empty memo with a number of slots.
     *
     * @param encoder the function that derives a result from an event, as for the other constructor
     * @param slots the least number of slots, from 1 to {@value #MAX_SLOTS}; the next power of two is taken
     * @throws IllegalArgumentException if {@code slots} is out of range
     */
    public EventMemo(Function<? super PresenceEvent, ? extends T> encoder, int slots) {
        this.encoder = requireNonNull(encoder, "encoder must not be null");
        if (slots < 1 || slots > MAX_SLOTS) {
            throw new IllegalArgumentException("slots must be from 1 to " + MAX_SLOTS + ": " + slots);
        }
        this.slots = new AtomicReferenceArray<>(Integer.highestOneBit(2 * slots - 1));
    }

    /**
     * Returns the result for an event.
     *
     * @param event an event as delivered
     * @return the result of the encoder for this event, or for an equal one with the same presences
     * @throws NullPointerException if the encoder returns null
     * @throws RuntimeException that of the encoder. The next call for the event calls the encoder again
     */
    public T of(PresenceEvent event) {
        int index = index(event);
        Slot<T> slot = slots.getAcquire(index);
        if (slot != null && isSame(slot.event(), event)) {
            return slot.result();
        }
        T result = requireNonNull(encoder.apply(event), "encoder must not return null");
        slots.setRelease(index, new Slot<>(event, result));
        return result;
    }

    /** Drops all results, and with them the presences of their events. */
    public void clear() {
        for (int i = 0; i < slots.length(); i++) {
            slots.setRelease(i, null);
        }
    }

    /* Consecutive revisions have different slots, and so have most events of one revision that differ. */
    private int index(PresenceEvent event) {
        int previous = event.previous() == null ? 0 : System.identityHashCode(event.previous());
        return (int) (event.revision() + 31L * event.change().hashCode() + 7L * previous) & (slots.length() - 1);
    }

    private static boolean isSame(PresenceEvent known, PresenceEvent event) {
        return known == event
                || (known.presence() == event.presence()
                        && known.previous() == event.previous()
                        && known.revision() == event.revision()
                        && known.action() == event.action()
                        && known.change() == event.change()
                        && known.cause() == event.cause()
                        && Objects.equals(known.endedAt(), event.endedAt())
                        && Objects.equals(known.lastSeenAt(), event.lastSeenAt()));
    }
}

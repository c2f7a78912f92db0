package io.presence.testing;

import static java.util.Objects.requireNonNull;

import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.Subscription.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A listener for tests that records its calls. It checks that the events of each presence are
 * {@code ENTER UPDATE* EXIT} with increasing revisions, and that no call follows {@link #onClosed(CloseReason)}.
 *
 * <p><b>Errors.</b> A violation is thrown to the store as an {@link AssertionError}, and again by each method that
 * reads the record, so it cannot go unnoticed. The methods that wait throw an {@code AssertionError} at their timeout,
 * with the events so far.
 *
 * <p><b>Threads.</b> Safe for use by any thread. A listener records one subscription, and keeps every event.
 */
public final class RecordingListener implements PresenceListener {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final EventChain chain;
    private final List<PresenceEvent> events = new ArrayList<>();
    private final Map<String, Presence> present = new TreeMap<>();
    private int resets;
    private boolean isSynced;
    private @Nullable CloseReason closeReason;

    private RecordingListener(EventChain chain) {
        this.chain = chain;
    }

    /**
     * Creates a listener for a subscription with the default options. The first event of a presence can be an UPDATE or
     * EXIT, since presences that were visible at the start are not delivered.
     *
     * @return a listener that has recorded nothing
     */
    public static RecordingListener create() {
        return new RecordingListener(EventChain.withoutSnapshot());
    }

    /**
     * Creates a listener for a subscription with a snapshot. The first event of each presence must be an ENTER.
     *
     * @return a listener that has recorded nothing
     */
    public static RecordingListener withSnapshot() {
        return new RecordingListener(EventChain.withSnapshot());
    }

    /**
     * Creates a listener that checks nothing, for several subscriptions or for a channel of one action.
     *
     * @return a listener that has recorded nothing
     */
    public static RecordingListener unchecked() {
        return new RecordingListener(EventChain.unchecked());
    }

    @Override
    public void onEvent(PresenceEvent event) {
        record(() -> {
            chain.add(event);
            events.add(event);
            if (event.change() == PresenceEvent.Change.EXIT) {
                present.remove(event.presence().id());
            } else {
                present.put(event.presence().id(), event.presence());
            }
        });
    }

    @Override
    public void onSynced(long revision) {
        record(() -> {
            chain.add("synced");
            isSynced = true;
        });
    }

    @Override
    public void onReset() {
        record(() -> {
            chain.reset();
            present.clear();
            isSynced = false;
            resets++;
        });
    }

    @Override
    public void onClosed(CloseReason reason) {
        record(() -> {
            chain.close();
            closeReason = reason;
        });
    }

    private void record(Runnable call) {
        lock.lock();
        try {
            call.run();
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    private <T> T read(Supplier<T> record) {
        lock.lock();
        try {
            chain.verify();
            return record.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns all events so far.
     *
     * @return a copy, in the order of delivery
     * @throws AssertionError if a call has violated a rule
     */
    public List<PresenceEvent> events() {
        return read(() -> List.copyOf(events));
    }

    /**
     * Returns all events so far as text, for example {@code ENTER tab-1 online}, {@code UPDATE tab-1 away},
     * {@code EXIT tab-1 EXPIRED}.
     *
     * @return for each event its change, its id, and its status or the cause of the exit
     * @throws AssertionError if a call has violated a rule
     */
    public List<String> lines() {
        return read(() -> events.stream().map(EventChain::line).toList());
    }

    /**
     * Returns the presences that have entered and not exited, as last delivered.
     *
     * @return a copy, by id
     * @throws AssertionError if a call has violated a rule
     */
    public Map<String, Presence> present() {
        return read(() -> new TreeMap<>(present));
    }

    /**
     * Returns the number of calls of {@link #onReset()}.
     *
     * @return not negative
     * @throws AssertionError if a call has violated a rule
     */
    public int resets() {
        return read(() -> resets);
    }

    /**
     * Returns whether the listener is in sync: {@link #onSynced(long)} was called, and {@link #onReset()} was not
     * called since.
     *
     * @return false until {@link #onSynced(long)} is called: at the end of a snapshot or a resume, or after a change of
     *     principal
     * @throws AssertionError if a call has violated a rule
     */
    public boolean isSynced() {
        return read(() -> isSynced);
    }

    /**
     * Returns the reason why the store closed the subscription.
     *
     * @return null if {@link #onClosed(CloseReason)} was not called
     * @throws AssertionError if a call has violated a rule
     */
    public @Nullable CloseReason closeReason() {
        lock.lock();
        try {
            chain.verify();
            return closeReason;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until at least {@code count} events are recorded in total.
     *
     * @param count the number of events from the start
     * @param timeout the maximum time to wait
     * @return all events so far, at least {@code count}
     * @throws AssertionError if there are fewer at the timeout, or a call has violated a rule
     */
    public List<PresenceEvent> awaitEvents(int count, Duration timeout) {
        await("recorded events must be at least " + count, timeout, listener -> events.size() >= count);
        return events();
    }

    /**
     * Waits until the listener is in sync.
     *
     * @param timeout the maximum time to wait
     * @throws AssertionError if it is not in sync at the timeout, or a call has violated a rule
     */
    public void awaitSynced(Duration timeout) {
        await("the listener must be in sync", timeout, listener -> isSynced);
    }

    /**
     * Waits until the store has closed the subscription.
     *
     * @param timeout the maximum time to wait
     * @return the reason
     * @throws AssertionError if the subscription is not closed at the timeout, or a call has violated a rule
     */
    public CloseReason awaitClosed(Duration timeout) {
        await("the subscription must be closed", timeout, listener -> closeReason != null);
        return requireNonNull(closeReason());
    }

    /**
     * Waits until a condition holds. The condition is tested now and after each call, without polling.
     *
     * @param rule the requirement, for the error text
     * @param timeout the maximum time to wait
     * @param condition called with this listener
     * @throws AssertionError if the condition does not hold at the timeout, or a call has violated a rule
     */
    public void await(String rule, Duration timeout, Predicate<RecordingListener> condition) {
        lock.lock();
        try {
            long left = timeout.toNanos();
            chain.verify();
            while (!condition.test(this)) {
                if (left <= 0) {
                    throw new AssertionError(rule + " within " + timeout + ": " + lines());
                }
                left = changed.awaitNanos(left);
                chain.verify();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(rule + ", the waiting thread was interrupted: " + lines(), e);
        } finally {
            lock.unlock();
        }
    }
}

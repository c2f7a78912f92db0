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
 * A listener that records its calls, and checks that the events of each presence are {@code ENTER UPDATE* EXIT} with
 * rising revisions, and that no call follows {@link #onClosed(CloseReason) the last}.
 *
 * <p><b>Errors.</b> What breaks a rule is thrown to the store as an {@link AssertionError}, and again by each method
 * that reads the record, so it can't go unnoticed. The methods that wait throw one at their timeout, with the record so
 * far.
 *
 * <p><b>Threads.</b> Safe for use by any thread. A record is of one subscription, and grows by each event.
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
     * Makes a listener for a subscription with the default options. What is in sight at its start counts as entered, so
     * that the first event of a presence may be an UPDATE or EXIT.
     *
     * @return one that has recorded nothing
     */
    public static RecordingListener create() {
        return new RecordingListener(EventChain.goingOn());
    }

    /**
     * Makes a listener for a subscription with a snapshot, where the first event of each presence must be an ENTER.
     *
     * @return one that has recorded nothing
     */
    public static RecordingListener withSnapshot() {
        return new RecordingListener(EventChain.fromNothing());
    }

    /**
     * Makes a listener that checks nothing, for several subscriptions, or for a channel of one action.
     *
     * @return one that has recorded nothing
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
     * @return a copy, in order
     * @throws AssertionError if a call has broken a rule
     */
    public List<PresenceEvent> events() {
        return read(() -> List.copyOf(events));
    }

    /**
     * Returns all events so far as text: {@code ENTER tab-1 online}, {@code UPDATE tab-1 away},
     * {@code EXIT tab-1 EXPIRED}.
     *
     * @return change, id, and the status or the cause of the exit
     * @throws AssertionError if a call has broken a rule
     */
    public List<String> lines() {
        return read(() -> events.stream().map(EventChain::line).toList());
    }

    /**
     * Returns what the subscriber sees now: the presences that have entered and not left, as delivered last.
     *
     * @return a copy, by id
     * @throws AssertionError if a call has broken a rule
     */
    public Map<String, Presence> present() {
        return read(() -> new TreeMap<>(present));
    }

    /**
     * Returns how often the listener was called to start over.
     *
     * @return the number of calls of {@link #onReset()}
     * @throws AssertionError if a call has broken a rule
     */
    public int resets() {
        return read(() -> resets);
    }

    /**
     * Returns whether the listener is in sync: {@link #onSynced(long)} was called, and no {@link #onReset()} since.
     *
     * @return false before a snapshot is complete, and without one
     * @throws AssertionError if a call has broken a rule
     */
    public boolean isSynced() {
        return read(() -> isSynced);
    }

    /**
     * Returns why the store ended the subscription.
     *
     * @return null if {@link #onClosed(CloseReason)} was not called
     * @throws AssertionError if a call has broken a rule
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
     * Waits until as many events are recorded, without polling.
     *
     * @param count how many in all, from the start
     * @param timeout how long at most
     * @return the events so far, at least {@code count}
     * @throws AssertionError if there are fewer at the timeout, or a call has broken a rule
     */
    public List<PresenceEvent> awaitEvents(int count, Duration timeout) {
        await("recorded events must be at least " + count, timeout, listener -> events.size() >= count);
        return events();
    }

    /**
     * Waits until the listener is in sync, without polling.
     *
     * @param timeout how long at most
     * @throws AssertionError if it is not at the timeout, or a call has broken a rule
     */
    public void awaitSynced(Duration timeout) {
        await("the listener must be in sync", timeout, listener -> isSynced);
    }

    /**
     * Waits until the store has ended the subscription, without polling.
     *
     * @param timeout how long at most
     * @return why
     * @throws AssertionError if it has not at the timeout, or a call has broken a rule
     */
    public CloseReason awaitClosed(Duration timeout) {
        await("the subscription must be closed", timeout, listener -> closeReason != null);
        return requireNonNull(closeReason());
    }

    /**
     * Waits until a condition holds, without polling: it is asked now and after each call.
     *
     * @param rule what must hold, for the error
     * @param timeout how long at most
     * @param condition called with this listener
     * @throws AssertionError if it does not hold at the timeout, or a call has broken a rule
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

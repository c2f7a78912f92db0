package io.presence.internal.subscription;

import io.presence.PresenceEvent;
import io.presence.internal.delivery.CallGate;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one subscriber is told: {@code onSubscribe}, any number of {@code onNext}, and at most one end, one after the other
 * whoever tells it (Reactive Streams, rules 1.3, 1.7 and 1.9). An end that is decided while a signal is running follows it,
 * on that thread.
 *
 * <p>The subscriber is let go of once it can't be told anything more (rule 3.13).
 *
 * <p><b>Threads.</b> {@link #subscribed} once, before {@link #next} can be called; {@link #next} by one thread at a time;
 * the rest by any. What the subscriber throws is thrown to who made the signal, and is the last that it is told.
 */
final class SerializedSubscriber {

    private final CallGate gate = new CallGate();
    private final AtomicReference<@Nullable Consumer<Subscriber<?>>> end = new AtomicReference<>();
    private volatile @Nullable Subscriber<? super PresenceEvent> subscriber;

    /** Makes the signals of a subscriber that is told nothing before {@link #subscribed}. */
    SerializedSubscriber(Subscriber<? super PresenceEvent> subscriber) {
        this.subscriber = subscriber;
        gate.enter();
    }

    void subscribed(Subscription subscription) {
        emit(subscription, null);
    }

    void next(PresenceEvent event) {
        if (gate.enter()) {
            emit(null, event);
        }
    }

    void complete() {
        end(Subscriber::onComplete);
    }

    void fail(Throwable failure) {
        end(told -> told.onError(failure));
    }

    /** Tells nothing more, not even an end. */
    void cancel() {
        subscriber = null;
    }

    /** Tells whether the subscriber has cancelled, or its end is decided. */
    boolean areOver() {
        return subscriber == null || end.get() != null;
    }

    /* One of the two. From the gate to the end of this nothing is allocated that could fail and leave the gate shut. */
    private void emit(@Nullable Subscription subscription, @Nullable PresenceEvent event) {
        try {
            Subscriber<? super PresenceEvent> told = subscriber;
            if (told != null && subscription != null) {
                told.onSubscribe(subscription);
            } else if (told != null && event != null) {
                told.onNext(event);
            }
        } catch (Throwable thrown) {
            cancel();
            throw thrown;
        } finally {
            if (gate.tryExit()) {
                emitEnd();
            }
        }
    }

    private void end(Consumer<Subscriber<?>> signal) {
        if (end.compareAndSet(null, signal) && gate.shut() == CallGate.ShutResult.NO_CALL) {
            emitEnd();
        }
    }

    private void emitEnd() {
        Subscriber<?> told = subscriber;
        Consumer<Subscriber<?>> signal = end.get();
        cancel();
        if (told != null && signal != null) {
            signal.accept(told);
        }
    }
}

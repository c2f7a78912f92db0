package io.presence.contract;

import static java.util.Objects.requireNonNull;

import io.presence.PresenceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber that records each signal, marks nested ones, and runs an action of the test in some of them. In place
 * of {@code RecordingListener}, which is no subscriber.
 *
 * <p><b>Threads.</b> For one thread.
 */
final class RecordingSubscriber implements Flow.Subscriber<PresenceEvent> {

    private final List<String> signals = new ArrayList<>();
    private Consumer<Flow.Subscription> onSubscribe = subscription -> {};
    private Consumer<PresenceEvent> onNext = event -> {};
    private Runnable onEnd = () -> {};
    private boolean isCalled;
    private Flow.@Nullable Subscription subscription;
    private @Nullable Throwable error;

    RecordingSubscriber onSubscribe(Consumer<Flow.Subscription> action) {
        onSubscribe = action;
        return this;
    }

    RecordingSubscriber onNext(Consumer<PresenceEvent> action) {
        onNext = action;
        return this;
    }

    RecordingSubscriber onEnd(Runnable action) {
        onEnd = action;
        return this;
    }

    Flow.Subscription subscription() {
        return requireNonNull(subscription);
    }

    void request(long n) {
        subscription().request(n);
    }

    /**
     * The signals since the last take: {@code ENTER p online}, {@code EXIT p DELETED}, and the others by their names.
     */
    List<String> take() {
        List<String> taken = List.copyOf(signals);
        signals.clear();
        return taken;
    }

    Throwable error() {
        return requireNonNull(error);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        signal("onSubscribe", () -> onSubscribe.accept(given));
    }

    @Override
    public void onNext(PresenceEvent event) {
        Object last = event.cause() == null ? event.presence().status() : event.cause();
        signal(event.change() + " " + event.presence().id() + " " + last, () -> onNext.accept(event));
    }

    @Override
    public void onError(Throwable thrown) {
        error = thrown;
        signal("onError", onEnd);
    }

    @Override
    public void onComplete() {
        signal("onComplete", onEnd);
    }

    private void signal(String name, Runnable action) {
        signals.add(isCalled ? name + " within another" : name);
        isCalled = true;
        try {
            action.run();
        } finally {
            isCalled = false;
        }
    }
}

package io.presence.bench.fanout.peer;

/** A listener to a stream, whatever interface that wants; these differ in how a subscription begins. */
abstract class ReactiveListener extends CountingListener {
    /** Takes an event. */
    public final void onNext(PublishedEvent event) {
        count(event.number());
    }

    /** Takes the end of a stream that must not fail. */
    public final void onError(Throwable thrown) {
        throw new IllegalStateException(thrown);
    }

    /** Takes the end of a stream. */
    public final void onComplete() {}
}

package io.presence.bench.fanout.peer;

/** The methods that the listeners of all reactive libraries share. These differ in how a subscription starts. */
abstract class ReactiveListener extends CountingListener {

    /** Counts an event. */
    public final void onNext(PublishedEvent event) {
        count(event.number());
    }

    /** Fails, because the streams of this benchmark do not. */
    public final void onError(Throwable thrown) {
        throw new IllegalStateException(thrown);
    }

    /** Does nothing at the end of a stream. */
    public final void onComplete() {}
}

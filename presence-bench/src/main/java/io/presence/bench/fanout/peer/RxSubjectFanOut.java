package io.presence.bench.fanout.peer;

import io.reactivex.rxjava3.core.Observer;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.PublishSubject;

/** RxJava's PublishSubject, whose observers have no backpressure. */
public final class RxSubjectFanOut implements FanOut {

    private final PublishSubject<PublishedEvent> subject = PublishSubject.create();

    private static final class Listener extends ReactiveListener implements Observer<PublishedEvent> {
        @Override
        public void onSubscribe(Disposable subscription) {}
    }

    @Override
    public CountingListener add() {
        Listener made = new Listener();
        subject.subscribe(made);
        return made;
    }

    @Override
    public void publish(long number) {
        subject.onNext(PublishedEvent.of(number));
    }

    @Override
    public void close() {
        subject.onComplete();
    }
}

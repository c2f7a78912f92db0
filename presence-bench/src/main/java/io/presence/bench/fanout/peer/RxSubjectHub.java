package io.presence.bench.fanout.peer;

import io.reactivex.rxjava3.core.Observer;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.PublishSubject;

/** RxJava's PublishSubject, whose observers take what comes. */
public final class RxSubjectHub implements Hub {
    private final PublishSubject<Moved> subject = PublishSubject.create();

    private static final class Listener extends StreamEar implements Observer<Moved> {
        @Override
        public void onSubscribe(Disposable subscription) {}
    }

    @Override
    public Ear add() {
        Listener made = new Listener();
        subject.subscribe(made);
        return made;
    }

    @Override
    public void publish(long number) {
        subject.onNext(Moved.of(number));
    }

    @Override
    public void close() {
        subject.onComplete();
    }
}

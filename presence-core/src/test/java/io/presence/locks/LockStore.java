package io.presence.locks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.presence.PresenceException;
import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.Principal;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.lock.SoftLock;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A caller-driven store in which everybody may lock for ten seconds, and a listener to all locks. */
final class LockStore implements AutoCloseable {

    static final String DOC = "doc:42";
    static final Duration TTL = Duration.ofSeconds(10);

    final TestStore test;
    final PresenceStore store;
    final Recorder seen = Recorder.chained();

    private LockStore(Duration ttl, UnaryOperator<PresenceStoreBuilder> options) {
        test = TestStore.create(builder -> options.apply(
                builder.lockTtl(ttl).tick(Duration.ofMillis(1)).lockPolicy((principal, resource) -> true)));
        store = test.store();
        store.locks().subscribe(SubscriptionOptions.defaults().withSnapshot(), seen);
        test.drain();
    }

    static LockStore create() {
        return create(UnaryOperator.identity());
    }

    static LockStore create(UnaryOperator<PresenceStoreBuilder> options) {
        return create(TTL, options);
    }

    static LockStore create(Duration ttl, UnaryOperator<PresenceStoreBuilder> options) {
        return new LockStore(ttl, options);
    }

    PresenceSession open(String user) {
        return store.open(Principal.user(user).build());
    }

    /** The events of locks since the last call, as {@code ENTER ada}. */
    List<String> events() {
        test.drain();
        return seen.take().stream()
                .map(event -> event.change() + " " + event.presence().userId()
                        + (event.cause() == null ? "" : " " + event.cause()))
                .toList();
    }

    void pass(Duration time) {
        test.drain();
        test.pass(time);
    }

    static SoftLock lock(PresenceSession session) {
        return session.tryLock(DOC).orElseThrow();
    }

    static boolean isDone(CompletionStage<SoftLock> wait) {
        return wait.toCompletableFuture().isDone();
    }

    static SoftLock granted(CompletionStage<SoftLock> wait) {
        assertThat(wait.toCompletableFuture()).isCompleted();
        return wait.toCompletableFuture().join();
    }

    /** The reason for which a wait has failed. */
    static Throwable failure(CompletionStage<SoftLock> wait) {
        assertThat(wait.toCompletableFuture()).isCompletedExceptionally();
        CompletionException thrown = catchThrowableOfType(
                CompletionException.class,
                () -> wait.toCompletableFuture().thenApply(lock -> lock).join());
        return thrown.getCause();
    }

    static PresenceException.Code code(CompletionStage<SoftLock> wait) {
        return ((PresenceException) failure(wait)).code();
    }

    /** The refusal of a call. */
    static PresenceException refused(PresenceException.Code code, ThrowingCallable call) {
        PresenceException refusal = catchThrowableOfType(PresenceException.class, call);
        assertThat(refusal).as("refusal").isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        return refusal;
    }

    @Override
    public void close() {
        test.close();
    }
}

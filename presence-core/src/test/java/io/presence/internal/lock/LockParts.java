package io.presence.internal.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.presence.Presence;
import io.presence.PresenceException;
import io.presence.Presences;
import io.presence.Principal;
import io.presence.internal.TrustedViews;
import io.presence.internal.stats.FailureLog;
import io.presence.internal.store.Clocks;
import io.presence.internal.store.DirtyQueue;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.store.PrincipalAccess;
import io.presence.internal.store.TtlPolicy;
import io.presence.internal.store.UserLimits;
import io.presence.lock.LockPolicy;
import io.presence.lock.SoftLock;
import io.presence.lock.StealRule;
import io.presence.query.AttributePath;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The locks of a store without a dispatcher: {@link SoftLocks#advance} runs if the test calls it. */
final class LockParts {

    static final String DOC = "doc:42";
    static final String ID = "~lock:doc:42";
    static final Duration TTL = Duration.ofSeconds(10);
    static final Duration LONG = Duration.ofHours(1);

    final ManualClock clock = new ManualClock();
    /* The number of the reading of the clock that throws, counted from the next one; or 0. */
    int readingsUntilFailure;
    final Clocks clocks = new Clocks(this::nanos, clock);
    final PresenceTable table;
    final Presences trusted;
    final SoftLocks locks;
    /* The number of times that the dispatcher was woken. */
    int wakeUps;
    LockPolicy policy = (principal, resource) -> true;
    StealRule steal = (principal, held) -> false;

    LockParts() {
        this(100, Runnable::run);
    }

    LockParts(int maxPerUser, Executor executor) {
        table = new PresenceTable(
                clocks,
                new TtlPolicy(TTL, Duration.ofDays(30)),
                new DirtyQueue(clocks, () -> {}),
                1_000,
                List.of(AttributePath.of("userId")),
                false,
                new UserLimits.Settings(maxPerUser, null, null, null, false).limits(clocks),
                true);
        trusted = TrustedViews.of(table);
        locks = new SoftLocks(
                table,
                trusted,
                clocks,
                new SoftLocks.Settings(
                        (principal, resource) -> policy.mayLock(principal, resource),
                        (principal, held) -> steal.maySteal(principal, held),
                        maxPerUser,
                        TTL,
                        null),
                new FailureLog(null, () -> 0),
                executor,
                () -> wakeUps++,
                null);
    }

    private long nanos() {
        if (readingsUntilFailure > 0 && --readingsUntilFailure == 0) {
            throw new IllegalStateException("injected");
        }
        return clock.getAsLong();
    }

    /** A session and its user. */
    record Caller(SessionLocks session, Principal principal) {

        /** The lock of a resource; null if it is not free. */
        SoftLock tryLock(String resource) {
            return session.tryLock(principal, resource);
        }

        SoftLock lock(String resource) {
            SoftLock lock = tryLock(resource);
            assertThat(lock).isNotNull();
            return lock;
        }

        SoftLock steal(String resource) {
            return session.steal(principal, resource);
        }

        CompletableFuture<SoftLock> await(String resource, Duration timeout) {
            return session.lock(principal, resource, timeout).toCompletableFuture();
        }

        LockRequest request() {
            return new LockRequest(session, ID, principal.userId(), List.of());
        }
    }

    Caller open(String user) {
        Principal principal = Principal.user(user).build();
        return new Caller(locks.open(new PrincipalAccess(principal)), principal);
    }

    /** The grants of the table, apart from those of {@link #locks}. */
    Grants grants(int maxPerUser) {
        HostRules rules = new HostRules(policy, steal, new FailureLog(null, () -> 0));
        return new Grants(table, trusted, clocks, LockTokens.of(() -> 1, rules), maxPerUser);
    }

    Presence held() {
        Presence held = trusted.get(ID);
        assertThat(held).isNotNull();
        return held;
    }

    /** Does what is due now. Returns the number of operations. */
    int advance() {
        return locks.advance(clocks.now());
    }

    Duration idle() {
        return Duration.ofNanos(locks.idleNanos(clocks.now()));
    }

    boolean isIdleForever() {
        return locks.idleNanos(clocks.now()) == Long.MAX_VALUE;
    }

    static PresenceException.Code refusal(ThrowingCallable call) {
        PresenceException refusal = catchThrowableOfType(PresenceException.class, call);
        assertThat(refusal).as("refusal").isNotNull();
        return refusal.code();
    }
}

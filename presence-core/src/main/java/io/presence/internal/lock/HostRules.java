package io.presence.internal.lock;

import io.presence.Presence;
import io.presence.Principal;
import io.presence.internal.stats.FailureLog;
import io.presence.internal.stats.FailureLog.Kind;
import io.presence.internal.store.StoreErrors;
import io.presence.lock.LockPolicy;
import io.presence.lock.StealRule;
import java.lang.System.Logger.Level;
import java.util.function.LongSupplier;

/**
 * The rules of the host for locks. A rule that throws refuses; the failure is counted and logged.
 *
 * <p><b>Threads.</b> Safe for use by any thread. Called without a monitor, except {@link #token}.
 */
final class HostRules {

    private final LockPolicy policy;
    private final StealRule steal;
    private final FailureLog failures;

    HostRules(LockPolicy policy, StealRule steal, FailureLog failures) {
        this.policy = policy;
        this.steal = steal;
        this.failures = failures;
    }

    /**
     * Fails unless the policy permits a lock.
     *
     * @throws io.presence.PresenceException {@code DENIED}
     */
    void requireMayLock(Principal principal, String resource) {
        boolean isPermitted = false;
        try {
            isPermitted = policy.mayLock(principal, resource);
        } catch (Throwable thrown) {
            failed("the lockPolicy failed and refuses", thrown);
        }
        if (!isPermitted) {
            throw StoreErrors.lockRefused(resource);
        }
    }

    boolean maySteal(Principal principal, Presence held) {
        try {
            return steal.maySteal(principal, held);
        } catch (Throwable thrown) {
            failed("the stealRule failed and refuses", thrown);
            return false;
        }
    }

    /** Reads a source of tokens, which may be called under a monitor because it must return at once. */
    long token(LongSupplier source) {
        try {
            return source.getAsLong();
        } catch (Throwable thrown) {
            failed("the lockTokens failed, the lock is not granted", thrown);
            throw StoreErrors.noToken("the source failed");
        }
    }

    private void failed(String message, Throwable thrown) {
        failures.report(Kind.LOCK_RULE, Level.WARNING, message, thrown);
    }
}

package io.presence.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.presence.PresenceStore;
import io.presence.Principal;
import io.presence.lock.SoftLock;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/** Races of sessions for one lock. */
public final class LockStress {

    private static final String DOC = "doc:42";

    private LockStress() {}

    /** A caller-driven store with two sessions, which races reuse. */
    private static final class Fixture {

        private static final ConcurrentLinkedDeque<Fixture> FREE = new ConcurrentLinkedDeque<>();

        final PresenceStore store = PresenceStore.builder()
                .callerDriven()
                .lockPolicy((principal, resource) -> true)
                .build();
        final PresenceSession ada = store.open(Principal.user("ada").build());
        final PresenceSession bob = store.open(Principal.user("bob").build());

        static Fixture take() {
            Fixture reused = FREE.pollFirst();
            return reused == null ? new Fixture() : reused;
        }

        void drain() {
            while (store.doWork() > 0) {
                Thread.onSpinWait();
            }
        }

        void giveBack() {
            drain();
            FREE.addFirst(this);
        }
    }

    /** Two sessions try at once. */
    @JCStressTest
    @Outcome(id = "true, false, true", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "false, true, true", expect = ACCEPTABLE, desc = "the second")
    @Outcome(expect = FORBIDDEN, desc = "two holders or none")
    @State
    public static class OneHolder {

        private final Fixture fixture = Fixture.take();
        private @Nullable SoftLock one;
        private @Nullable SoftLock two;

        /** Locks. */
        @Actor
        public void one(ZZZ_Result r) {
            one = fixture.ada.tryLock(DOC).orElse(null);
            r.r1 = one != null;
        }

        /** Locks. */
        @Actor
        public void two(ZZZ_Result r) {
            two = fixture.bob.tryLock(DOC).orElse(null);
            r.r2 = two != null;
        }

        /** Releases the lock. */
        @Arbiter
        public void check(ZZZ_Result r) {
            SoftLock granted = one == null ? two : one;
            r.r3 = granted != null && granted.release();
            fixture.giveBack();
        }
    }

    /** A session releases the lock while another one tries. If the second has it, its token is greater. */
    @JCStressTest
    @Outcome(id = "true, false, true", expect = ACCEPTABLE, desc = "the attempt was first")
    @Outcome(id = "true, true, true", expect = ACCEPTABLE, desc = "the release was first")
    @Outcome(expect = FORBIDDEN, desc = "two holders, or a token that is not greater")
    @State
    public static class TokenOrder {

        private final Fixture fixture = Fixture.take();
        private final SoftLock first = fixture.ada.tryLock(DOC).orElseThrow();
        private @Nullable SoftLock second;

        /** Releases. */
        @Actor
        public void release(ZZZ_Result r) {
            r.r1 = first.release();
        }

        /** Locks. */
        @Actor
        public void lock(ZZZ_Result r) {
            second = fixture.bob.tryLock(DOC).orElse(null);
            r.r2 = second != null;
        }

        /** Compares the tokens. */
        @Arbiter
        public void check(ZZZ_Result r) {
            r.r3 = second == null || (second.token() > first.token() && second.release());
            fixture.giveBack();
        }
    }

    /** A session releases the lock while another one begins to wait for it. */
    @JCStressTest
    @Outcome(id = "true, true, true", expect = ACCEPTABLE, desc = "the wait is granted")
    @Outcome(expect = FORBIDDEN, desc = "the wait is forgotten")
    @State
    public static class Wait {

        private final Fixture fixture = Fixture.take();
        private final SoftLock first = fixture.ada.tryLock(DOC).orElseThrow();
        private @Nullable CompletionStage<SoftLock> wait;

        /** Releases. */
        @Actor
        public void release(ZZZ_Result r) {
            r.r1 = first.release();
        }

        /** Waits. */
        @Actor
        public void lock(ZZZ_Result r) {
            wait = fixture.bob.lock(DOC, Duration.ofHours(1));
            r.r2 = true;
        }

        /** Lets the dispatcher grant the lock, and releases it. */
        @Arbiter
        public void check(ZZZ_Result r) {
            fixture.drain();
            CompletionStage<SoftLock> waited = wait;
            r.r3 = waited != null
                    && waited.toCompletableFuture().isDone()
                    && waited.toCompletableFuture().join().release();
            fixture.giveBack();
        }
    }
}

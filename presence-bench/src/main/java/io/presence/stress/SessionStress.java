package io.presence.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.session.PresenceSession;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIL_Result;
import org.openjdk.jcstress.infra.results.JIL_Result;

/** Races of an old session of a presence with a newer one, and of sessions that share a presence. */
public final class SessionStress {

    private static final Principal ADA = Principal.user("ada").build();
    private static final long TTL = StoreFixture.TTL;
    private static final Duration GRACE = Duration.ofMillis(4);

    private SessionStress() {}

    /** A presence that the old session has written half a TTL ago, and a fresh session of the same user. */
    private abstract static class Sessions {

        final StoreFixture fixture = StoreFixture.take();
        final PresenceSession old = fixture.store.open(ADA);
        final PresenceSession fresh = fixture.store.open(ADA);

        final void begin(PresenceUpsert upsert) {
            old.upsert(upsert);
            fixture.drain();
            fixture.listener.changes.setLength(0);
            fixture.advance(TTL / 2);
        }

        /** Reads the time left, the number of presences that a session holds, and the changes after a time. */
        final void read(JIL_Result r, PresenceSession session, long later) {
            r.r1 = fixture.millisLeft();
            r.r2 = session.touch();
            fixture.advance(later);
            r.r3 = fixture.changesWhenDrained();
            end();
        }

        final void end() {
            old.close();
            fresh.close();
            fixture.giveBack();
        }
    }

    private static PresenceUpsert online(long ttl) {
        return PresenceUpsert.of(StoreFixture.ID, "online").expiresIn(Duration.ofMillis(ttl));
    }

    /** A takeover sets the deadline, although the session that loses the presence sends a heartbeat. */
    @JCStressTest
    @Outcome(id = "5, 0, nothing", expect = ACCEPTABLE, desc = "taken over")
    @Outcome(expect = FORBIDDEN, desc = "extended by a session that has lost it")
    @State
    public static class Heartbeat extends Sessions {

        /** Creates the presence. */
        public Heartbeat() {
            begin(online(TTL));
        }

        /** Takes the presence over, with the deadline that it has. */
        @Actor
        public void takeOver() {
            fresh.upsert(online(TTL / 2));
        }

        /** Sends a late heartbeat. */
        @Actor
        public void touch() {
            old.touch();
        }

        /** Reads the deadline, and whether the old session holds the presence. */
        @Arbiter
        public void check(JIL_Result r) {
            read(r, old, 0);
        }
    }

    /** A late close cannot end what a newer session has taken over. */
    @JCStressTest
    @Outcome(id = "10, 1, nothing", expect = ACCEPTABLE, desc = "taken over first")
    @Outcome(id = "10, 1, DISCONNECTED ENTER", expect = ACCEPTABLE, desc = "closed first")
    @Outcome(expect = FORBIDDEN, desc = "ended by a session that has lost it")
    @State
    public static class Close extends Sessions {

        /** Creates the presence. */
        public Close() {
            begin(online(TTL));
        }

        /** Takes the presence over. */
        @Actor
        public void takeOver() {
            fresh.upsert(online(TTL));
        }

        /** Closes the old session late. */
        @Actor
        public void close() {
            old.close();
        }

        /** Reads the deadline, and whether the fresh session holds the presence. */
        @Arbiter
        public void check(JIL_Result r) {
            read(r, fresh, 0);
        }
    }

    /** As {@link Close}, with a grace: nothing is delivered in either order. */
    @JCStressTest
    @Outcome(id = "10, 1, nothing", expect = ACCEPTABLE, desc = "taken over")
    @Outcome(expect = FORBIDDEN, desc = "ended by a session that has lost it")
    @State
    public static class CloseWithGrace extends Sessions {

        /** Creates the presence. */
        public CloseWithGrace() {
            begin(online(TTL));
        }

        /** Takes the presence over. */
        @Actor
        public void takeOver() {
            fresh.upsert(online(TTL));
        }

        /** Closes the old session with a grace. */
        @Actor
        public void close() {
            old.close(GRACE);
        }

        /** Reads the deadline, whether the fresh session holds the presence, and the changes after the grace. */
        @Arbiter
        public void check(JIL_Result r) {
            read(r, fresh, GRACE.toMillis());
        }
    }

    /** One of two sessions that take a presence over at once holds it. */
    @JCStressTest
    @Outcome(
            id = {"1, 0, nothing", "0, 1, nothing"},
            expect = ACCEPTABLE,
            desc = "one holder")
    @Outcome(expect = FORBIDDEN, desc = "two holders or none")
    @State
    public static class Takeovers extends Sessions {

        /** Creates the presence. */
        public Takeovers() {
            begin(online(TTL));
        }

        /** Takes the presence over. */
        @Actor
        public void takeOver() {
            fresh.upsert(online(TTL));
        }

        /** Takes the presence back. */
        @Actor
        public void takeBack() {
            old.upsert(online(TTL));
        }

        /** Counts the presences of each session. */
        @Arbiter
        public void check(IIL_Result r) {
            r.r1 = fresh.touch();
            r.r2 = old.touch();
            r.r3 = fixture.changesWhenDrained();
            end();
        }
    }

    /** A session that joins a shared presence holds it, although the only other holder is closed. */
    @JCStressTest
    @Outcome(id = "10, 1, nothing", expect = ACCEPTABLE, desc = "joined first")
    @Outcome(id = "10, 1, DISCONNECTED ENTER", expect = ACCEPTABLE, desc = "closed first")
    @Outcome(expect = FORBIDDEN, desc = "ended with a holder")
    @State
    public static class Join extends Sessions {

        /** Creates the presence. */
        public Join() {
            begin(online(TTL).shared());
        }

        /** Joins the holders. */
        @Actor
        public void join() {
            fresh.upsert(online(TTL).shared());
        }

        /** Closes the only holder. */
        @Actor
        public void close() {
            old.close();
        }

        /** Reads the deadline, and whether the fresh session holds the presence. */
        @Arbiter
        public void check(JIL_Result r) {
            read(r, fresh, 0);
        }
    }

    /** A shared presence ends once, with its last holder. */
    @JCStressTest
    @Outcome(id = "0, 0, DISCONNECTED", expect = ACCEPTABLE, desc = "ended once")
    @Outcome(expect = FORBIDDEN, desc = "left behind, or ended twice")
    @State
    public static class LastClose extends Sessions {

        /** Creates the presence with two holders. */
        public LastClose() {
            begin(online(TTL).shared());
            fresh.upsert(online(TTL).shared());
        }

        /** Closes one holder. */
        @Actor
        public void closeFresh() {
            fresh.close();
        }

        /** Closes the other. */
        @Actor
        public void closeOld() {
            old.close();
        }

        /** Reads the presence. */
        @Arbiter
        public void check(JIL_Result r) {
            r.r1 = fixture.millisLeft();
            r.r2 = fixture.isFound() ? 1 : 0;
            r.r3 = fixture.changesWhenDrained();
            end();
        }
    }
}

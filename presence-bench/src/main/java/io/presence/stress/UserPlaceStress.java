package io.presence.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.presence.PresenceException;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Principal;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** Writers of one user that need places, of which the user has one: the limit is exact. */
public final class UserPlaceStress {

    private UserPlaceStress() {}

    /** A caller-driven store of one place for each user, of which an arbiter makes another scene. */
    private static final class Room {

        private static final ConcurrentLinkedDeque<Room> FREE = new ConcurrentLinkedDeque<>();

        private final PresenceStore store =
                PresenceStore.builder().callerDriven().maxPresencesPerUser(1).build();
        private final Presences ada = store.as(Principal.user("ada").build());

        static Room take() {
            Room free = FREE.pollFirst();
            return free == null ? new Room() : free;
        }

        boolean upsert(String id) {
            try {
                ada.upsert(PresenceUpsert.of(id, "online"));
                return true;
            } catch (PresenceException e) {
                return false;
            }
        }

        /** Empties it, says what it held and whether there is a place then, and gives it back. */
        String giveBack(String... ids) {
            StringBuilder held = new StringBuilder();
            for (String id : ids) {
                held.append(store.delete(id) ? id : "-");
            }
            held.append(' ').append(upsert("last") && store.delete("last"));
            while (store.doWork() > 0) {
                Thread.onSpinWait();
            }
            FREE.addFirst(this);
            return held.toString();
        }
    }

    /** Two upserts of one new id need one place. */
    @JCStressTest
    @Outcome(id = "true, true, a true", expect = ACCEPTABLE, desc = "both have written one presence")
    @Outcome(expect = FORBIDDEN, desc = "refused although there was a place, or a place lost")
    @State
    public static class OneId {

        private final Room room = Room.take();

        /** Writes. */
        @Actor
        public void one(ZZL_Result r) {
            r.r1 = room.upsert("a");
        }

        /** Writes. */
        @Actor
        public void two(ZZL_Result r) {
            r.r2 = room.upsert("a");
        }

        /** Asks what is there. */
        @Arbiter
        public void tell(ZZL_Result r) {
            r.r3 = room.giveBack("a");
        }
    }

    /** Of two ids, one gets the place. */
    @JCStressTest
    @Outcome(id = "true, false, a- true", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "false, true, -b true", expect = ACCEPTABLE, desc = "the second")
    @Outcome(expect = FORBIDDEN, desc = "both or neither, or a place lost")
    @State
    public static class TwoIds {

        private final Room room = Room.take();

        /** Writes. */
        @Actor
        public void one(ZZL_Result r) {
            r.r1 = room.upsert("a");
        }

        /** Writes. */
        @Actor
        public void two(ZZL_Result r) {
            r.r2 = room.upsert("b");
        }

        /** Asks what is there. */
        @Arbiter
        public void tell(ZZL_Result r) {
            r.r3 = room.giveBack("a", "b");
        }
    }

    /** A writer that replaces one presence by another finds a place, whatever the dispatcher does meanwhile. */
    @JCStressTest
    @Outcome(id = "true, true, -b true", expect = ACCEPTABLE, desc = "replaced")
    @Outcome(expect = FORBIDDEN, desc = "refused by what was deleted, or a place lost")
    @State
    public static class Replace {

        private final Room room = Room.take();

        /** Has the first one dispatched, or not yet. */
        public Replace() {
            room.upsert("a");
        }

        /** Deletes, then writes another. */
        @Actor
        public void replace(ZZL_Result r) {
            r.r1 = room.store.delete("a");
            r.r2 = room.upsert("b");
        }

        /** Dispatches. */
        @Actor
        public void dispatch() {
            room.store.doWork();
            room.store.doWork();
        }

        /** Asks what is there. */
        @Arbiter
        public void tell(ZZL_Result r) {
            r.r3 = room.giveBack("a", "b");
        }
    }
}

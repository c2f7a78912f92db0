package io.presence.property;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The slow and obvious model of sessions: each life of each id with its holders, and a list of all that happened, in
 * milliseconds since the start.
 *
 * <p><b>Threads.</b> For one thread.
 */
final class SessionOracle {

    static final String TRUE = "true";
    static final String FALSE = "false";
    static final String FENCED = "FENCED";
    private static final int MOST_HOLDERS = 16;

    /** The end of a life. */
    record End(String id, long createdAt, String cause, long endedAt, long lastSeenAt) {}

    /** One life of an id. */
    static final class Life {
        private final long createdAt;
        private final TreeSet<Integer> holders = new TreeSet<>();
        String status;
        long deadline;
        private long ttl;
        private long graceEnd = -1;
        private long graceLastSeen;

        Life(long createdAt) {
            this.createdAt = createdAt;
        }

        boolean isHeldBy(int session) {
            return holders.contains(session);
        }

        boolean isInGrace() {
            return graceEnd == deadline;
        }

        long lastSeenAt(long now) {
            return isInGrace() ? graceLastSeen : Math.min(now, deadline - ttl);
        }

        private void setLease(long now, long lifetime) {
            ttl = lifetime;
            deadline = now + lifetime;
            graceEnd = -1;
        }
    }

    final List<String> happened = new ArrayList<>();
    final List<End> ends = new ArrayList<>();
    private final Map<String, Life> lives = new HashMap<>();
    private long now;

    /** The life of an id that is alive, or null. */
    @Nullable Life alive(String id) {
        Life life = lives.get(id);
        if (life != null && now >= life.deadline) {
            end(id, life, life.isInGrace() ? "DISCONNECTED" : "EXPIRED", life.deadline);
            return null;
        }
        return life;
    }

    private void end(String id, Life life, String cause, long at) {
        ends.add(new End(id, life.createdAt, cause, at, life.lastSeenAt(at)));
        happened.add("EXIT " + id + " " + cause);
        lives.remove(id);
    }

    void pass(long millis) {
        now += millis;
        List.of("a", "b").forEach(this::alive);
    }

    /** Writes a whole presence, by a session or by trusted code if that is null. */
    String upsert(@Nullable Integer session, String id, String status, long lifetime, boolean isShared) {
        Life life = alive(id);
        if (session != null && isShared && life != null && isFullFor(life, session)) {
            return "LIMIT_EXCEEDED";
        }
        if (life == null) {
            life = new Life(now);
            lives.put(id, life);
            happened.add("ENTER " + id + " " + status);
        } else if (!life.status.equals(status)) {
            happened.add("UPDATE " + id + " " + status);
        }
        life.status = status;
        life.setLease(now, lifetime);
        if (session != null) {
            if (!isShared) {
                life.holders.clear();
            }
            life.holders.add(session);
        }
        return TRUE;
    }

    /** Writes a whole presence that no session holds then. */
    String upsertUnheld(String id, String status, long lifetime) {
        upsert(null, id, status, lifetime, false);
        lives.get(id).holders.clear();
        return TRUE;
    }

    private static boolean isFullFor(Life life, int session) {
        return life.holders.size() == MOST_HOLDERS && !life.holders.contains(session);
    }

    String update(@Nullable Integer session, String id, String status, long lifetime) {
        Life life = alive(id);
        if (life == null) {
            return "NOT_FOUND";
        }
        if (session != null && !life.holders.contains(session)) {
            return FENCED;
        }
        if (!life.status.equals(status)) {
            happened.add("UPDATE " + id + " " + status);
            life.status = status;
        }
        if (lifetime > 0) {
            life.setLease(now, lifetime);
        }
        return TRUE;
    }

    String touch(@Nullable Integer session, String id) {
        Life life = alive(id);
        if (life == null) {
            return FALSE;
        }
        if (session != null && !life.holders.contains(session)) {
            return FENCED;
        }
        life.deadline = Math.max(life.deadline, now + life.ttl);
        return TRUE;
    }

    int touchAll(int session) {
        int held = 0;
        for (String id : List.of("a", "b")) {
            held += touch(session, id).equals(TRUE) ? 1 : 0;
        }
        return held;
    }

    String delete(@Nullable Integer session, String id) {
        Life life = alive(id);
        if (life == null) {
            return FALSE;
        }
        if (session != null && !life.holders.contains(session)) {
            return FENCED;
        }
        end(id, life, "DELETED", now);
        return TRUE;
    }

    /** Closes a session; without effect if it was closed. */
    void close(int session, long grace) {
        for (String id : List.of("a", "b")) {
            Life life = alive(id);
            if (life == null || !life.holders.remove(session) || !life.holders.isEmpty()) {
                continue;
            }
            if (grace == 0) {
                end(id, life, "DISCONNECTED", now);
            } else {
                life.graceLastSeen = life.lastSeenAt(now);
                life.deadline = now + grace;
                life.graceEnd = life.deadline;
            }
        }
    }

    long now() {
        return now;
    }
}

package io.presence.locks;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The slow and obvious model of locks: a list of all that happened, from which each answer is read anew. Times are
 * microseconds since the start.
 *
 * <p><b>Threads.</b> For one thread.
 */
final class LockOracle {

    static final long TTL = 10_000;

    /** A grant, by its position in the list of grants. */
    record Grant(int number, String resource, int session, String user) {}

    /** Something that happened to a grant: GRANTED, RENEWED, GRACE (for a time) or ENDED. */
    private record Event(String kind, Grant grant, long at, long time) {}

    /** A wait, which ends with a grant, an error, or not at all. */
    static final class Wait {
        final String resource;
        final int session;
        final String user;
        final long timeout;

        @Nullable Grant grant;

        @Nullable String error;

        Wait(String resource, int session, String user, long timeout) {
            this.resource = resource;
            this.session = session;
            this.user = user;
            this.timeout = timeout;
        }

        boolean isPending() {
            return grant == null && error == null;
        }
    }

    final List<Grant> grants = new ArrayList<>();
    final List<Wait> waits = new ArrayList<>();
    /** The events of the locks, in order, as a listener to all receives them. */
    final List<String> delivered = new ArrayList<>();

    private final List<Event> happened = new ArrayList<>();
    private final Set<Integer> closed = new HashSet<>();
    private long now;

    private void add(String kind, Grant grant, long time) {
        happened.add(new Event(kind, grant, now, time));
    }

    private long end(Grant grant) {
        long end = 0;
        for (Event event : happened) {
            if (event.grant() == grant) {
                switch (event.kind()) {
                    case "GRANTED", "RENEWED" -> end = event.at() + TTL;
                    case "GRACE" -> end = event.at() + event.time();
                    default -> {
                        return event.at();
                    }
                }
            }
        }
        return end;
    }

    private boolean has(String kind, Grant grant) {
        return happened.stream()
                .anyMatch(event -> event.grant() == grant && event.kind().equals(kind));
    }

    /** The grant of a resource that has not ended, or null. */
    @Nullable Grant current(String resource) {
        Grant last = null;
        for (Grant grant : grants) {
            last = grant.resource().equals(resource) ? grant : last;
        }
        return last != null && now < end(last) ? last : null;
    }

    boolean isHeld(Grant grant) {
        return current(grant.resource()) == grant && !has("GRACE", grant);
    }

    private boolean isWaitedFor(String resource) {
        return waits.stream().anyMatch(wait -> wait.isPending() && wait.resource.equals(resource));
    }

    private Grant grant(String resource, int session, String user) {
        Grant grant = new Grant(grants.size(), resource, session, user);
        grants.add(grant);
        add("GRANTED", grant, 0);
        return grant;
    }

    private Grant enter(String resource, int session, String user) {
        deliverExpiry(resource);
        delivered.add("ENTER " + resource + " " + user);
        return grant(resource, session, user);
    }

    /* Of the last grant of the resource, once. */
    private void deliverExpiry(String resource) {
        for (Grant grant : grants) {
            if (grant.resource().equals(resource) && !has("ENDED", grant) && now >= end(grant)) {
                delivered.add("EXIT " + resource + " " + (has("GRACE", grant) ? "DISCONNECTED" : "EXPIRED"));
                happened.add(new Event("ENDED", grant, end(grant), 0));
            }
        }
    }

    private void end(Grant grant, String cause) {
        delivered.add("EXIT " + grant.resource() + " " + cause);
        add("ENDED", grant, 0);
    }

    /** Locks, or null. */
    @Nullable Grant tryLock(String resource, int session, String user) {
        Grant held = current(resource);
        if (held == null) {
            return isWaitedFor(resource) ? null : enter(resource, session, user);
        }
        if (!held.user().equals(user) || isHeld(held)) {
            return null;
        }
        return update(held, session, user);
    }

    private Grant update(Grant held, int session, String user) {
        add("ENDED", held, 0);
        delivered.add("UPDATE " + held.resource() + " " + user);
        return grant(held.resource(), session, user);
    }

    Wait lock(String resource, int session, String user, long timeout) {
        Wait wait = new Wait(resource, session, user, now + timeout);
        wait.grant = tryLock(resource, session, user);
        waits.add(wait);
        return wait;
    }

    /** Steals, or null. */
    @Nullable Grant steal(String resource, int session, String user) {
        Grant held = current(resource);
        Grant taken = tryLock(resource, session, user);
        if (taken != null || held == null) {
            return taken;
        }
        if (held.user().equals(user)) {
            return update(held, session, user);
        }
        end(held, "DELETED");
        return enter(resource, session, user);
    }

    boolean release(Grant grant) {
        boolean isHeld = isHeld(grant);
        if (isHeld) {
            end(grant, "DELETED");
        }
        return isHeld;
    }

    boolean renew(Grant grant) {
        boolean isHeld = isHeld(grant);
        if (isHeld) {
            add("RENEWED", grant, 0);
        }
        return isHeld;
    }

    void touch(int session) {
        List.copyOf(grants).stream().filter(grant -> grant.session() == session).forEach(this::renew);
    }

    void cancel(Wait wait) {
        if (wait.isPending()) {
            wait.error = "CANCELLED";
        }
    }

    void close(int session, long grace) {
        if (!closed.add(session)) {
            return;
        }
        for (Wait wait : waits) {
            if (wait.session == session && wait.isPending()) {
                wait.error = "SESSION_CLOSED";
            }
        }
        for (Grant grant : List.copyOf(grants)) {
            if (grant.session() == session && isHeld(grant)) {
                if (grace == 0) {
                    end(grant, "DISCONNECTED");
                } else {
                    add("GRACE", grant, grace);
                }
            }
        }
    }

    void pass(long time) {
        now += time;
    }

    /** The work of the dispatcher: what is free is granted, then waits time out. */
    void dispatch(List<String> resources) {
        for (String resource : resources) {
            deliverExpiry(resource);
            serve(resource);
        }
        for (Wait wait : waits) {
            if (wait.isPending() && wait.timeout <= now) {
                wait.error = "TimeoutException";
            }
        }
    }

    private void serve(String resource) {
        for (Wait wait : waits) {
            if (current(resource) == null && wait.resource.equals(resource) && wait.isPending()) {
                wait.grant = enter(resource, wait.session, wait.user);
            }
        }
    }
}

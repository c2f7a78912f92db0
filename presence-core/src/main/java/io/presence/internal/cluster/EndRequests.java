package io.presence.internal.cluster;

import io.presence.PresenceEvent.Cause;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The presences that this node has ended, and that another node still owns. The owner is asked again and again until it
 * has ended its presence. Until then that is not visible here. A request to a node that is lost is kept for a bounded
 * time, since the node can return, and then covers the same creation only.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class EndRequests {

    private static final int MAX_KEPT = 10_000;
    private static final long KEPT_NANOS = 600_000_000_000L;

    private final NodeId self;
    private final Ownerships ownerships;
    private final OwnLog log;
    private final Map<String, Request> byId = new HashMap<>();

    /* Those whose owner was lost, by their ids. */
    private final Map<String, Kept> kept = new BoundedMap<>(MAX_KEPT);

    private record Request(String userId, long epoch, Cause cause) {}

    private record Kept(Claim claim, long until) {}

    EndRequests(NodeId self, Ownerships ownerships, OwnLog log) {
        this.self = self;
        this.ownerships = ownerships;
        this.log = log;
    }

    /** Returns whether an ownership is one that this node has asked to end. */
    boolean covers(Ownership asked) {
        if (byId.isEmpty()) {
            return false;
        }
        Request request = byId.get(asked.id);
        return request != null
                && !asked.owner.equals(self)
                && asked.userId().equals(request.userId())
                && asked.claim.epoch() < request.epoch()
                && isKept(asked);
    }

    private boolean isKept(Ownership asked) {
        Kept lost = kept.get(asked.id);
        return lost == null || Ownership.compareCreation(lost.claim(), asked.claim) == 0;
    }

    /** Keeps a request to the owner of a presence, which is lost. */
    void keep(Ownership lost, long now) {
        if (covers(lost)) {
            kept.put(lost.id, new Kept(lost.claim, now + KEPT_NANOS));
        }
    }

    /** Asks the owners of earlier presences of a user to end them, if there are any. */
    void add(String id, String userId, long epoch, Cause cause) {
        if (ownerships.first(id) == null) {
            return;
        }
        Request former = byId.put(id, new Request(userId, epoch, cause));
        Kept formerlyKept = kept.remove(id);
        Ownership first = covered(id);
        if (first != null) {
            ask(id, first);
        } else if (former == null) {
            byId.remove(id);
        } else {
            byId.put(id, former);
            if (formerlyKept != null) {
                kept.put(id, formerlyKept);
            }
        }
    }

    private @Nullable Ownership covered(String id) {
        Ownership each = ownerships.first(id);
        while (each != null && !covers(each)) {
            each = each.nextOfId;
        }
        return each;
    }

    private void ask(String id, Ownership asked) {
        Request request = byId.get(id);
        if (request != null) {
            Claim claim = new Claim(asked.claim.createdEpoch(), asked.claim.creator(), request.epoch());
            log.append(new End(id, claim, request.userId(), request.cause(), 0, 0));
        }
    }

    /** Asks again. Requests that are met are removed. */
    void repeat(long now) {
        Iterator<String> ids = byId.keySet().iterator();
        while (ids.hasNext()) {
            String id = ids.next();
            Ownership asked = covered(id);
            if (asked != null) {
                kept.remove(id);
                ask(id, asked);
            } else if (!isWaiting(id, now)) {
                ids.remove();
            }
        }
    }

    private boolean isWaiting(String id, long now) {
        Kept lost = kept.get(id);
        if (lost != null && now >= lost.until()) {
            kept.remove(id);
            return false;
        }
        return lost != null;
    }
}

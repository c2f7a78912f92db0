package io.presence.internal.cluster;

import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.internal.store.CapturedChange;
import io.presence.internal.store.ChangeSink;
import io.presence.internal.store.Entry;
import io.presence.internal.store.PresenceState;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.store.Replicas;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides for each id which ownership is visible, and makes the table show it. {@link Ownerships} has the rule.
 *
 * <p><b>Giving way.</b> An own presence gives way to a later one of the same user without an end, once that has taken
 * over the creation of the own one, so that a third node does not lose both. It ends for one of another user.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class Reconciler implements ChangeSink {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final NodeId self;
    private final PresenceTable table;
    private final Replicas replicas;
    private final Ownerships ownerships;
    private final OwnLog log;
    private final EndRequests requests;
    private final Predicate<Ownership> isEnded;
    private final Set<String> unresolved = new LinkedHashSet<>();
    private BiConsumer<PresenceState, Boolean> watcher = (state, isEnded) -> {};
    private long replaced;

    Reconciler(NodeId self, PresenceTable table, Ownerships ownerships, OwnLog log) {
        this.self = self;
        this.table = table;
        this.replicas = table.replicas();
        this.ownerships = ownerships;
        this.log = log;
        this.requests = new EndRequests(self, ownerships, log);
        this.isEnded = requests::covers;
    }

    void watch(BiConsumer<PresenceState, Boolean> receiver) {
        watcher = receiver;
    }

    EndRequests requests() {
        return requests;
    }

    /** The number of own presences that gave way. */
    long replaced() {
        return replaced;
    }

    /** Shows the ownership that counts, after one was added or changed. */
    void resolve(String id, Action action) {
        resolve(id, action, Cause.REPLACED, 0, Replicas.UNKNOWN);
    }

    /** Shows the ownership that counts, after one was removed. */
    void ended(String id, Cause cause) {
        ended(id, cause, 0, Replicas.UNKNOWN);
    }

    /**
     * Shows the ownership that counts, after one has ended.
     *
     * @param ago nanoseconds since the end
     * @param since nanoseconds from the last heartbeat to the end
     */
    void ended(String id, Cause cause, long ago, long since) {
        resolve(id, Action.UPDATE, cause, ago, since);
    }

    private void resolve(String id, Action action, Cause cause, long ago, long since) {
        try {
            show(id, action, cause, ago, since);
        } catch (RuntimeException | Error failure) {
            unresolved.add(id);
            throw failure;
        }
    }

    /** Returns whether an ownership is not shown yet, since that has failed. */
    boolean hasUnresolved() {
        return !unresolved.isEmpty();
    }

    /** Shows again what has failed before. Returns the number of ids. */
    int resolveAgain(int max) {
        int resolved = 0;
        while (resolved < max && !unresolved.isEmpty()) {
            String id = unresolved.iterator().next();
            show(id, Action.UPDATE, Cause.DELETED, 0, Replicas.UNKNOWN);
            unresolved.remove(id);
            resolved++;
        }
        return resolved;
    }

    private void show(String id, Action action, Cause cause, long ago, long since) {
        Ownership first = ownerships.first(id);
        Ownership winner = Ownerships.winner(first, isEnded);
        Ownership own = Ownerships.ofOwner(first, self);
        if (own != null) {
            resolveOwn(own, winner, action);
        } else if (winner == null) {
            replicas.end(id, cause, ago, since);
        } else {
            replicas.show(winner.state, action, false, cause);
        }
    }

    private void resolveOwn(Ownership own, @Nullable Ownership winner, Action action) {
        if (winner == null || winner == own) {
            adoptCreation(own);
        } else if (!winner.isOfUser(own)) {
            replaced++;
            replicas.endOwn(own.id, Cause.REPLACED);
        } else if (Ownership.compareCreation(winner.claim, own.claim) <= 0 && isShown(own)) {
            replaced++;
            replicas.show(winner.state, action, true, Cause.REPLACED);
            log.end(own, new End(own.id, null, own.userId(), Cause.REPLACED, 0, 0));
        }
    }

    /* If it has ended, that is about to be captured, and must not count as the end of the winner. */
    private boolean isShown(Ownership own) {
        PresenceState live = replicas.own(own.id);
        return live != null && live.incarnation() == own.state.incarnation();
    }

    private void adoptCreation(Ownership own) {
        Claim first = own.claim;
        for (Ownership each = ownerships.first(own.id); each != null; each = each.nextOfId) {
            if (each.isOfUser(own) && !isEnded.test(each) && Ownership.compareCreation(each.claim, first) < 0) {
                first = each.claim;
            }
        }
        if (first != own.claim) {
            log.change(own, new Claim(first.createdEpoch(), first.creator(), own.claim.epoch()), own.state, 0);
        }
    }

    /** Ends an own presence that another node has ended, if that had taken it over last. */
    void requested(End end, Claim claim) {
        Ownership own = log.find(end.id());
        if (own != null && claim.epoch() > own.claim.epoch() && own.userId().equals(end.userId())) {
            replicas.endOwn(end.id(), end.cause() == Cause.NODE_LOST ? Cause.DELETED : end.cause());
        }
    }

    @Override
    public void captured(Entry entry, CapturedChange change, long now) {
        PresenceState last = change.last();
        if (last == null) {
            return;
        }
        if (change.isRemote()) {
            watcher.accept(last, change.end() != null);
            return;
        }
        Ownership own = log.find(entry.id());
        if (change.end() == null) {
            written(entry.id(), own, last, change.actions());
        } else {
            ended(entry, own, last, change.end(), now);
        }
    }

    private void written(String id, @Nullable Ownership own, PresenceState state, int actions) {
        if (own == null) {
            log.add(id, claim(id, state), state, actions);
            resolve(id, Action.UPDATE);
        } else if (own.state != state) {
            log.change(own, own.claim, state, actions);
            /* The usual case: no other node has it, so there is nothing to decide. */
            if (!ownerships.isAlone(own)) {
                resolve(id, Action.UPDATE);
            }
        }
    }

    private @Nullable Ownership winner(String id) {
        return Ownerships.winner(ownerships.first(id), isEnded);
    }

    private Claim claim(String id, PresenceState state) {
        Ownership former = winner(id);
        return former == null || !former.userId().equals(state.userId())
                ? new Claim(state.incarnation(), self, state.incarnation())
                : new Claim(former.claim.createdEpoch(), former.claim.creator(), table.nextEpoch());
    }

    private void ended(Entry entry, @Nullable Ownership own, PresenceState last, Cause cause, long now) {
        long since = entry.ttl() / NANOS_PER_MILLI;
        long ago = Math.max(0, now - entry.endedAt()) / NANOS_PER_MILLI;
        if (own != null) {
            log.end(own, new End(own.id, null, own.userId(), cause, ago, since));
            requests.add(own.id, own.userId(), own.claim.epoch(), cause);
        } else {
            Ownership former = winner(entry.id());
            if (former != null && former.userId().equals(last.userId())) {
                requests.add(entry.id(), last.userId(), table.nextEpoch(), cause);
            }
        }
        ended(entry.id(), cause);
    }
}

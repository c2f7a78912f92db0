package io.presence.internal.cluster;

import io.presence.cluster.ClusterOptions;
import io.presence.cluster.ClusterStatus;
import io.presence.internal.dispatch.DutyCycle;
import io.presence.internal.stats.FailureLog;
import io.presence.internal.store.Clocks;
import io.presence.internal.store.PresenceState;
import io.presence.internal.store.PresenceTable;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/**
 * The exchange of presences with other nodes. Each node sends the changes of the presences that it owns, and keeps a
 * copy of those of each other node. Nobody passes on what another node has sent, so a copy is what its node had at some
 * revision, and needs no record of what has ended.
 *
 * <p>A digest in each fifth of the lease is the sign of life, and finds what is missing. Heartbeats of presences are
 * not sent: their owner knows their deadlines. No time of a clock is compared with one of another node.
 *
 * <p><b>Failures.</b> A frame that cannot be applied is counted; a snapshot then repairs the copy. The dispatcher
 * goes on.
 *
 * <p><b>Threads.</b> Dispatcher only, except for {@link #status}.
 */
public final class Replication implements DutyCycle.TimedWork {

    static final int DIGESTS_PER_LEASE = 5;
    private static final int REPORT_BUDGET = 16;
    private static final int REMOVAL_BUDGET = 512;
    private static final long STATUS_MILLIS = 100;
    private static final long RETRY_NANOS = 1_000_000;

    private final int space;
    private final NodeId self;
    private final String name;
    private final ClusterOptions options;
    private final Clocks clocks;
    private final FailureLog failures;
    private final Inbox inbox;
    private final Outbox outbox;
    private final OwnLog log;
    private final Reconciler reconciler;
    private final CopyChanges changes;
    private final Peers peers;
    private final Pulls pulls;
    private final long leaseNanos;
    private final long digestNanos;
    /* Created once, so that a cycle allocates nothing itself. */
    private final Step[] steps;
    private long tickedAt;
    private long digestAt;
    private long framesReceived;
    /* Held by the dispatcher while it works here, so that another thread can read the status in between. */
    private final ReentrantLock lock = new ReentrantLock();
    private volatile ClusterStatus lastStatus;

    Replication(
            int space,
            NodeId self,
            ClusterOptions options,
            PresenceTable table,
            Clocks clocks,
            FailureLog failures,
            RandomGenerator random,
            Inbox inbox,
            Outbox outbox) {
        this.space = space;
        this.options = options;
        this.clocks = clocks;
        this.failures = failures;
        this.self = self;
        this.name = self.toString();
        this.leaseNanos = options.lease().toNanos();
        this.digestNanos = leaseNanos / DIGESTS_PER_LEASE;
        this.inbox = inbox;
        this.outbox = outbox;
        Ownerships ownerships = new Ownerships();
        this.log =
                new OwnLog(space, self, ownerships, outbox, options.transport().maxFrameBytes());
        this.reconciler = new Reconciler(self, table, ownerships, log);
        this.changes = new CopyChanges(table, ownerships, reconciler, clocks, options.maxReplicas(), leaseNanos);
        this.peers = new Peers(self, changes, leaseNanos, options.holdLost().toNanos());
        this.pulls = new Pulls(space, self, outbox, random);
        table.captureTo(reconciler);
        this.tickedAt = clocks.now();
        this.digestAt = tickedAt;
        this.lastStatus = newStatus(tickedAt);
        this.steps = new Step[] {
            this::tick,
            this::receive,
            now -> peers.advance(now, REMOVAL_BUDGET),
            now -> changes.dropOverdue(now, REMOVAL_BUDGET),
            now -> reconciler.resolveAgain(REMOVAL_BUDGET),
            this::pull,
            this::send
        };
    }

    /* A part of an exchange. Returns the number of operations. */
    private interface Step {
        int advance(long now);
    }

    /** Sets the receiver of the changes by other nodes: the last state, and whether it has ended. */
    public void watch(BiConsumer<PresenceState, Boolean> watcher) {
        reconciler.watch(watcher);
    }

    /** The condition now; if the dispatcher is stuck here, as of an earlier call. By any thread. */
    public ClusterStatus status() {
        boolean isLocked = false;
        try {
            isLocked = lock.tryLock(STATUS_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (isLocked) {
            try {
                lastStatus = newStatus(clocks.nowOrNever());
            } finally {
                lock.unlock();
            }
        }
        return lastStatus;
    }

    @Override
    public int advance(long now) {
        lock.lock();
        try {
            return exchange(now);
        } finally {
            lock.unlock();
        }
    }

    /* Each step has its turn, whatever another one throws. */
    private int exchange(long now) {
        int work = 0;
        Throwable failure = null;
        for (Step step : steps) {
            try {
                work += step.advance(now);
            } catch (RuntimeException | Error thrown) {
                report(thrown);
                failure = thrown;
            }
        }
        if (failure != null) {
            /* So that the dispatcher pauses before the next cycle. */
            throw new IllegalStateException("an exchange with other nodes failed", failure);
        }
        return work;
    }

    private void report(Throwable failure) {
        failures.report(FailureLog.Kind.TRANSPORT, Level.WARNING, "an exchange with other nodes failed", failure);
    }

    /* A node that was paused has not heard others, so it must not take them for lost. */
    private int tick(long now) {
        if (now - tickedAt > digestNanos + leaseNanos / 2) {
            peers.guard(now, now + 2 * digestNanos);
        }
        tickedAt = now;
        return 0;
    }

    private int pull(long now) {
        int pulled = 0;
        for (Peer peer : peers.all()) {
            pulled += pulls.advance(peer, now, changes.hasRoom());
        }
        return pulled;
    }

    private int receive(long now) {
        int received = 0;
        Inbox.Report next;
        while (received < REPORT_BUDGET && (next = inbox.poll()) != null) {
            received++;
            if (next instanceof Inbox.Received frame) {
                framesReceived++;
                receive(frame, now);
            } else if (next instanceof Inbox.Members members) {
                changeMembers(members.names, now);
            }
        }
        return received;
    }

    private void changeMembers(Set<String> members, long now) {
        peers.setMembers(members);
        log.snapshots().retain(members);
        /* So that a member that has joined, or is reached again, need not wait for the next one. */
        digestAt = now;
    }

    private void receive(Inbox.Received received, long now) {
        try {
            Frame frame = FrameReader.read(received.frame);
            if (frame != null && frame.space() == space) {
                Peer peer = peers.heard(received.member, frame.origin(), now);
                if (peer != null) {
                    receive(peer, frame, now);
                }
            }
        } catch (FrameException malformed) {
            peers.reject();
            report(malformed);
        } catch (RuntimeException | Error failure) {
            report(failure);
        }
    }

    private void receive(Peer peer, Frame frame, long now) {
        if (frame instanceof Frame.Delta delta) {
            peer.copy.receive(delta);
        } else if (frame instanceof Frame.Chunk chunk) {
            peer.copy.receive(chunk, now);
        } else if (frame instanceof Frame.Digest digest) {
            peer.copy.receive(digest);
        } else if (frame instanceof Frame.Pull pull) {
            if (pull.of().equals(self)) {
                log.startSnapshot(peer.member, pull.nonce());
            }
        } else if (frame instanceof Frame.Bye bye) {
            peers.left(peer, now + bye.holdMillis() * 1_000_000, now);
        }
    }

    private int send(long now) {
        if (now >= digestAt) {
            digestAt = now + digestNanos;
            reconciler.requests().repeat(now);
            log.flush();
            outbox.broadcast(FrameWriter.write(new Frame.Digest(space, self, log.revision(), log.size(), log.hash())));
        }
        log.flush();
        return log.snapshots().advance(now);
    }

    @Override
    public long idleNanos(long now) {
        if (!inbox.isEmpty()) {
            return 0;
        }
        long idle = Math.min(Math.max(0, digestAt - now), peers.idleNanos(now));
        idle = Math.min(idle, reconciler.hasUnresolved() ? RETRY_NANOS : Long.MAX_VALUE);
        idle = Math.min(idle, Math.min(changes.idleNanos(now), log.snapshots().idleNanos()));
        for (Peer peer : peers.all()) {
            idle = Math.min(idle, pulls.idleNanos(peer, now));
        }
        return idle;
    }

    @Override
    public void finish() {
        try {
            log.flush();
            long hold = options.handOver().toMillis();
            outbox.broadcast(FrameWriter.write(new Frame.Bye(space, self, log.revision(), hold)));
        } catch (RuntimeException | Error failure) {
            report(failure);
        }
        outbox.close();
    }

    private ClusterStatus newStatus(long now) {
        List<ClusterStatus.Peer> states =
                peers.all().stream().map(peer -> peer.status(now)).toList();
        return new ClusterStatus(
                name,
                log.size(),
                log.revision(),
                states,
                outbox.frames(),
                outbox.bytes(),
                framesReceived,
                peers.rejected(),
                inbox.dropped() + outbox.failed(),
                pulls.count(),
                reconciler.replaced());
    }
}

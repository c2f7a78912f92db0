package io.presence.property;

import io.presence.Permission;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceException.Code;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The store as one map, without threads, leases, queues or a wheel: the obvious oracle. A record has ended when its
 * deadline is reached, and the next access removes it.
 */
final class StoreModel {

    static final long DEFAULT_TTL = 60_000;

    /** The outcome of a call: an answer or an error code. */
    record Outcome(@Nullable Object answer, @Nullable Code refused) {
        static Outcome of(@Nullable Object answer) {
            return new Outcome(answer, null);
        }

        static Outcome refused(Code code) {
            return new Outcome(null, code);
        }
    }

    /** A life that is over: as it was last, and why it ended. */
    private record End(ModelRecord last, Cause cause) {}

    private final TreeMap<String, ModelRecord> records = new TreeMap<>();
    private final List<End> ends = new ArrayList<>();
    long now;
    long wall;
    private long life;

    @Nullable ModelRecord live(String id) {
        ModelRecord record = records.get(id);
        if (record != null && now >= record.deadline()) {
            end(record, Cause.EXPIRED);
            return null;
        }
        return record;
    }

    private void end(ModelRecord record, Cause cause) {
        records.remove(record.id());
        ends.add(new End(record, cause));
    }

    /** Returns whether a life of this id, created then, has ended so. */
    boolean hasEnded(String id, long createdAt, Cause cause) {
        live(id);
        return ends.stream()
                .anyMatch(end -> end.cause() == cause
                        && end.last().id().equals(id)
                        && end.last().createdAt() == createdAt);
    }

    /** Returns whether a presence has expired so lately that its end need not be delivered yet. */
    boolean isBetweenDeadlineAndTick(String id, long tick) {
        live(id);
        return ends.stream()
                .anyMatch(end -> end.cause() == Cause.EXPIRED
                        && end.last().id().equals(id)
                        && end.last().deadline() > now / tick * tick);
    }

    Outcome upsert(ModelCaller caller, PresenceUpsert upsert, long ttlOrZero) {
        if (!caller.mayWriteAtAll()) {
            return Outcome.refused(Code.SCOPE_MISSING);
        }
        String owner = caller.isTrusted() ? upsert.userId() : caller.userId();
        boolean foreign = !caller.isTrusted()
                && upsert.userId() != null
                && !upsert.userId().equals(owner);
        if (foreign || !caller.mayGrant(upsert.permissions())) {
            return Outcome.refused(Code.DENIED);
        }
        ModelRecord old = live(upsert.presenceId());
        if (old != null && !old.userId().equals(owner)) {
            return Outcome.refused(Code.ID_UNAVAILABLE);
        }
        long ttl = ttlOrZero == 0 ? DEFAULT_TTL : ttlOrZero;
        if (old != null && old.says(upsert)) {
            return renewed(old, ttl);
        }
        ModelRecord written = new ModelRecord(
                upsert.presenceId(),
                owner,
                upsert.status(),
                upsert.metadata(),
                upsert.permissions() == null ? Permission.ownerOnly(owner) : upsert.permissions(),
                old == null ? ++life : old.life(),
                old == null ? wall : old.createdAt(),
                wall,
                wall + ttl,
                now + ttl,
                ttl,
                new ModelRecord.Lease(wall, now + ttl, ttl));
        records.put(written.id(), written);
        return Outcome.of(written);
    }

    Outcome update(ModelCaller caller, String id, PresencePatch patch, long ttlOrZero) {
        if (!caller.mayWriteAtAll()) {
            return Outcome.refused(Code.SCOPE_MISSING);
        }
        if (!caller.mayGrant(patch.permissions())) {
            return Outcome.refused(Code.DENIED);
        }
        ModelRecord old = live(id);
        if (old == null || !caller.may(Permission.Type.READ, old)) {
            return Outcome.refused(Code.NOT_FOUND);
        }
        if (!caller.may(Permission.Type.UPDATE, old)) {
            return Outcome.refused(Code.DENIED);
        }
        if (old.says(patch)) {
            return ttlOrZero == 0 ? Outcome.of(old) : renewed(old, ttlOrZero);
        }
        boolean keepsLease = ttlOrZero == 0;
        long deadline = keepsLease ? old.deadline() : now + ttlOrZero;
        long ttl = keepsLease ? old.ttl() : ttlOrZero;
        long lastSeen = keepsLease ? old.shownLastSeen(now, wall) : wall;
        long end = keepsLease ? old.shownEnd(now, wall) : wall + ttlOrZero;
        ModelRecord written = new ModelRecord(
                id,
                old.userId(),
                patch.status() == null ? old.status() : patch.status(),
                patch.metadata() == null ? old.metadata() : patch.metadata(),
                patch.permissions() == null ? old.permissions() : patch.permissions(),
                old.life(),
                old.createdAt(),
                wall,
                end,
                deadline,
                ttl,
                new ModelRecord.Lease(lastSeen, deadline, end - lastSeen));
        records.put(id, written);
        return Outcome.of(written);
    }

    private Outcome renewed(ModelRecord old, long ttl) {
        ModelRecord renewed = old.leased(now + ttl, ttl);
        records.put(old.id(), renewed);
        return Outcome.of(renewed);
    }

    Outcome touch(ModelCaller caller, String id, long ttlOrZero) {
        if (!caller.mayWriteAtAll()) {
            return Outcome.refused(Code.SCOPE_MISSING);
        }
        ModelRecord old = live(id);
        if (old == null || !caller.may(Permission.Type.READ, old)) {
            return Outcome.of(false);
        }
        if (!caller.may(Permission.Type.UPDATE, old)) {
            return Outcome.refused(Code.DENIED);
        }
        long deadline = now + (ttlOrZero == 0 ? old.ttl() : ttlOrZero);
        if (deadline > old.deadline()) {
            records.put(id, old.leased(deadline, old.ttl()));
        }
        return Outcome.of(true);
    }

    Outcome delete(ModelCaller caller, String id) {
        if (!caller.mayWriteAtAll()) {
            return Outcome.refused(Code.SCOPE_MISSING);
        }
        ModelRecord old = live(id);
        if (old == null || !caller.may(Permission.Type.READ, old)) {
            return Outcome.of(false);
        }
        if (!caller.may(Permission.Type.DELETE, old)) {
            return Outcome.refused(Code.DENIED);
        }
        end(old, Cause.DELETED);
        return Outcome.of(true);
    }

    @Nullable ModelRecord get(ModelCaller caller, String id) {
        ModelRecord record = live(id);
        return record == null || !caller.may(Permission.Type.READ, record) ? null : record;
    }

    /** The readable and matching presences of a caller, by id. */
    List<ModelRecord> list(ModelCaller caller, QueryCase asked) {
        return List.copyOf(records.keySet()).stream()
                .map(id -> get(caller, id))
                .filter(record -> record != null && asked.matches(record))
                .toList();
    }
}

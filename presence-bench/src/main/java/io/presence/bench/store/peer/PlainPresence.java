package io.presence.bench.store.peer;

import io.presence.Permission;
import io.presence.PresenceUpsert;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record equal to the library's state of a presence. All fields are final except the deadline, which only a map
 * without TTLs of its own changes.
 */
public final class PlainPresence {

    private final String id;
    private final String userId;
    private final String status;
    private final @Nullable String source;
    private final Map<String, @Nullable Object> metadata;
    private final @Nullable List<Permission> permissions;
    private final long createdAtMillis;
    private final long updatedAtMillis;
    private volatile long deadlineNanos;

    private PlainPresence(PlainPresence old, String status, long updatedAtMillis, long deadlineNanos) {
        this.id = old.id;
        this.userId = old.userId;
        this.status = status;
        this.source = old.source;
        this.metadata = old.metadata;
        this.permissions = old.permissions;
        this.createdAtMillis = old.createdAtMillis;
        this.updatedAtMillis = updatedAtMillis;
        this.deadlineNanos = deadlineNanos;
    }

    /** Makes a record of a write. */
    public PlainPresence(PresenceUpsert whole, long deadlineNanos) {
        this.id = whole.presenceId();
        this.userId = whole.userId() == null ? "" : whole.userId();
        this.status = whole.status();
        this.source = whole.source();
        this.metadata = whole.metadata();
        this.permissions = whole.permissions();
        this.createdAtMillis = System.currentTimeMillis();
        this.updatedAtMillis = createdAtMillis;
        this.deadlineNanos = deadlineNanos;
    }

    /** Returns the record of the next write. */
    PlainPresence with(String status, long updatedAtMillis, long deadlineNanos) {
        return new PlainPresence(this, status, updatedAtMillis, deadlineNanos);
    }

    /** Returns the id. */
    public String id() {
        return id;
    }

    String userId() {
        return userId;
    }

    String status() {
        return status;
    }

    Map<String, @Nullable Object> metadata() {
        return metadata;
    }

    long updatedAtMillis() {
        return updatedAtMillis;
    }

    boolean isAlive(long now) {
        return now < deadlineNanos;
    }

    void renew(long deadlineNanos) {
        this.deadlineNanos = deadlineNanos;
    }
}

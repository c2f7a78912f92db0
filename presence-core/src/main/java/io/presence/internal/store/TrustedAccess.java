package io.presence.internal.store;

import io.presence.Permission;
import io.presence.Scope;
import io.presence.query.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The host's own code: may everything, and must name the owner of what it writes. */
public enum TrustedAccess implements Access {
    /** The only one. */
    INSTANCE;

    @Override
    public void require(Scope scope) {}

    @Override
    public String owner(@Nullable String named) {
        if (named == null) {
            throw new IllegalArgumentException(
                    "userId must be given to PresenceUpsert.of by a caller that is no principal: null");
        }
        return named;
    }

    @Override
    public @Nullable String limitedUser() {
        return null;
    }

    @Override
    public void requireGrantable(@Nullable List<Permission> permissions) {}

    @Override
    public boolean canRead(PresenceState state) {
        return true;
    }

    @Override
    public Query.Filter readable() {
        return Query.everything();
    }

    @Override
    public String caller() {
        return "host";
    }

    @Override
    public boolean canUpdate(PresenceState state) {
        return true;
    }

    @Override
    public boolean canDelete(PresenceState state) {
        return true;
    }

    @Override
    public String toString() {
        return "host";
    }
}

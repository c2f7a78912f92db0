package io.presence.internal.store;

import io.presence.Permission;
import io.presence.Scope;
import io.presence.query.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rights of trusted code: unrestricted, except that it must name the owner of each presence that it writes. */
public enum TrustedAccess implements Access {
    /** The only instance. */
    INSTANCE;

    @Override
    public void require(Scope scope) {}

    @Override
    public String owner(@Nullable String named) {
        if (named == null) {
            throw new IllegalArgumentException("userId must be named in PresenceUpsert.of by a trusted caller: null");
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
    public boolean dependsOnPresence() {
        return false;
    }

    @Override
    public String toString() {
        return "host";
    }
}

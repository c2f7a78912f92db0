package io.presence.internal.store;

import io.presence.Permission;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The permissions that a writer named. The states of an incarnation share one instance until the permissions change,
 * so the readers are computed once for all of them.
 *
 * <p><b>Threads.</b> Immutable.
 */
final class GrantedPermissions {

    private final List<Permission> list;
    /* Computed when first needed. A racing thread computes an equal list. */
    private @Nullable List<String> readers;

    private GrantedPermissions(List<Permission> list) {
        this.list = list;
    }

    /**
     * Returns the permissions that a write names.
     *
     * @param known those of the state that it replaces, which are returned if they are equal
     * @param named an immutable list, or null for owner-only
     */
    static @Nullable GrantedPermissions of(@Nullable GrantedPermissions known, @Nullable List<Permission> named) {
        if (named == null) {
            return null;
        }
        return known != null && isSame(known.list, named) ? known : new GrantedPermissions(named);
    }

    /** Compares by index: the lists' own equals allocates iterators. */
    static boolean isSame(List<Permission> one, List<Permission> other) {
        int size = one.size();
        if (size != other.size()) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (!one.get(i).equals(other.get(i))) {
                return false;
            }
        }
        return true;
    }

    List<Permission> list() {
        return list;
    }

    /** The roles that are permitted to read, in their text form. */
    List<String> readers() {
        List<String> made = readers;
        if (made == null) {
            made = List.copyOf(list.stream()
                    .filter(permission -> permission.type() == Permission.Type.READ)
                    .map(permission -> permission.role().toString())
                    .toList());
            readers = made;
        }
        return made;
    }
}

package io.presence.internal.lock;

import static java.util.Objects.requireNonNull;

import io.presence.Permission;
import io.presence.lock.Locks;
import java.util.List;
import java.util.Set;

/** The checks of the arguments of locks, and the presence ids of locks. */
final class LockIds {

    private static final Set<String> ACTIONS = Set.of("create", "upsert", "update", "delete");

    private LockIds() {}

    /** Returns the presence id of the lock of a resource. */
    static String of(String resource) {
        int length = requireNonNull(resource, "resource must not be null").length();
        if (length == 0 || length > Locks.MAX_RESOURCE_LENGTH) {
            throw new IllegalArgumentException(
                    "resource must be 1 to " + Locks.MAX_RESOURCE_LENGTH + " characters: " + length);
        }
        if (!resource.chars().allMatch(LockIds::isAllowed)) {
            throw new IllegalArgumentException(
                    "resource must be printable ASCII without space, \", / and \\ (see Ids.escape)");
        }
        int dot = resource.lastIndexOf('.');
        if (dot >= 0 && ACTIONS.contains(resource.substring(dot + 1))) {
            throw new IllegalArgumentException(
                    "resource must not end in a dot and create, upsert, update or delete (see Ids.escape): "
                            + resource);
        }
        return Locks.ID_PREFIX + resource;
    }

    private static boolean isAllowed(int c) {
        return c > ' ' && c < 0x7f && c != '"' && c != '/' && c != '\\';
    }

    /** Returns the resource of a presence id of a lock. */
    static String resource(String id) {
        return id.substring(Locks.ID_PREFIX.length());
    }

    /** Returns the permissions if all of them are to read. */
    static List<Permission> readOnly(Permission... permissions) {
        requireNonNull(permissions, "readPermissions must not be null");
        for (int i = 0; i < permissions.length; i++) {
            requireNonNull(permissions[i], "readPermissions[" + i + "] must not be null");
            if (permissions[i].type() != Permission.Type.READ) {
                throw new IllegalArgumentException("readPermissions must be of type READ: " + permissions[i]);
            }
        }
        if (permissions.length > Permission.MAX_PERMISSIONS) {
            throw new IllegalArgumentException(
                    "readPermissions must be at most " + Permission.MAX_PERMISSIONS + ": " + permissions.length);
        }
        return List.of(permissions);
    }
}

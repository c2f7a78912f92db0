package io.presence;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a {@link Role} may do with a presence, in Appwrite's text form {@code read("users")}.
 *
 * <p>{@code write} stands for {@code update} and {@code delete} together; a presence lists those two instead.
 *
 * <p><b>Threads.</b> Immutable.
 *
 * @param type what is permitted
 * @param role to whom
 */
public record Permission(Type type, Role role) {

    /** The most permissions that one presence may list, {@code write} counted as two. */
    public static final int MAX_PERMISSIONS = 100;

    /** What can be permitted. */
    public enum Type {
        /** To get, list and be told of the presence. */
        READ,
        /** To change and to touch it. */
        UPDATE,
        /** To delete it. */
        DELETE,
        /** {@link #UPDATE} and {@link #DELETE}. */
        WRITE;

        private final String word = name().toLowerCase(Locale.ROOT);
    }

    /** Refuses null, which every later check of this permission would trip over. */
    public Permission {
        Checks.notNull("type", type);
        Checks.notNull("role", role);
    }

    /**
     * Returns the permission to read.
     *
     * @param role to whom
     * @return {@code read("ROLE")}
     */
    public static Permission read(Role role) {
        return new Permission(Type.READ, role);
    }

    /**
     * Returns the permission to update and touch.
     *
     * @param role to whom
     * @return {@code update("ROLE")}
     */
    public static Permission update(Role role) {
        return new Permission(Type.UPDATE, role);
    }

    /**
     * Returns the permission to delete.
     *
     * @param role to whom
     * @return {@code delete("ROLE")}
     */
    public static Permission delete(Role role) {
        return new Permission(Type.DELETE, role);
    }

    /**
     * Returns the permission to update, touch and delete.
     *
     * @param role to whom
     * @return {@code write("ROLE")}
     */
    public static Permission write(Role role) {
        return new Permission(Type.WRITE, role);
    }

    /**
     * Reads a permission from its text form.
     *
     * @param text for example {@code read("team:blue")}
     * @return the permission
     * @throws IllegalArgumentException if {@code text} is not {@code read|update|delete|write("ROLE")}
     */
    public static Permission parse(String text) {
        int open = Checks.notNull("text", text).indexOf("(\"");
        if (open > 0 && text.endsWith("\")") && text.length() >= open + 4) {
            String word = text.substring(0, open);
            for (Type type : Type.values()) {
                if (type.word.equals(word)) {
                    return new Permission(type, Role.parse(text.substring(open + 2, text.length() - 2)));
                }
            }
        }
        throw new IllegalArgumentException(
                "permission must be read, update, delete or write of (\"ROLE\"): " + Checks.excerpt(text));
    }

    /**
     * Returns what a presence lists when nothing else is said: its owner may read, update and delete it.
     *
     * @param userId the owner
     * @return three permissions for {@code user:USERID}
     * @throws IllegalArgumentException if {@code userId} is not an id
     */
    public static List<Permission> ownerOnly(String userId) {
        Role owner = Role.user(Checks.id("userId", userId));
        return List.of(read(owner), update(owner), delete(owner));
    }

    /** Returns the permissions with {@code write} taken apart and each named once, in the order given. */
    static List<Permission> normalized(List<Permission> permissions) {
        Set<Permission> distinct = new LinkedHashSet<>();
        for (Permission permission : permissions) {
            if (permission.type == Type.WRITE) {
                distinct.add(update(permission.role));
                distinct.add(delete(permission.role));
            } else {
                distinct.add(permission);
            }
            if (distinct.size() > MAX_PERMISSIONS) {
                throw new IllegalArgumentException(
                        "permissions must be at most " + MAX_PERMISSIONS + ": more than " + MAX_PERMISSIONS);
            }
        }
        return List.copyOf(distinct);
    }

    /**
     * Returns the text form, as {@link #parse} reads it.
     *
     * @return for example {@code read("team:blue")}
     */
    @Override
    public String toString() {
        return type.word + "(\"" + role + "\")";
    }
}

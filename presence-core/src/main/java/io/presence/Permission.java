package io.presence;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A permission of a presence: it grants one action to the holders of one {@link Role}. The text form is Appwrite's, for
 * example {@code read("users")}.
 *
 * <p>{@code write} grants both {@code update} and {@code delete}. A presence lists these two in its place.
 *
 * <p><b>Threads.</b> Immutable.
 *
 * @param type the granted action
 * @param role the role whose holders can perform the action
 */
public record Permission(Type type, Role role) {

    /** The maximum number of permissions of one presence. {@code write} counts as two. */
    public static final int MAX_PERMISSIONS = 100;

    /** The actions that a permission can grant. */
    public enum Type {
        /** To get and list the presence, and to receive its events. */
        READ,
        /** To update and touch the presence. */
        UPDATE,
        /** To delete the presence. */
        DELETE,
        /** {@link #UPDATE} and {@link #DELETE}. */
        WRITE;

        private final String word = name().toLowerCase(Locale.ROOT);
    }

    /** Checks that neither part is null. */
    public Permission {
        Checks.notNull("type", type);
        Checks.notNull("role", role);
    }

    /**
     * Returns the permission to read.
     *
     * @param role the role that receives it
     * @return {@code read("ROLE")}
     */
    public static Permission read(Role role) {
        return new Permission(Type.READ, role);
    }

    /**
     * Returns the permission to update and touch.
     *
     * @param role the role that receives it
     * @return {@code update("ROLE")}
     */
    public static Permission update(Role role) {
        return new Permission(Type.UPDATE, role);
    }

    /**
     * Returns the permission to delete.
     *
     * @param role the role that receives it
     * @return {@code delete("ROLE")}
     */
    public static Permission delete(Role role) {
        return new Permission(Type.DELETE, role);
    }

    /**
     * Returns the permission to update, touch and delete.
     *
     * @param role the role that receives it
     * @return {@code write("ROLE")}
     */
    public static Permission write(Role role) {
        return new Permission(Type.WRITE, role);
    }

    /**
     * Parses the text form of a permission.
     *
     * @param text for example {@code read("team:blue")}
     * @return the permission
     * @throws IllegalArgumentException if {@code text} is not {@code read}, {@code update}, {@code delete} or
     *     {@code write}, followed by {@code ("ROLE")}
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
     * Returns the default permissions of a presence, which let only its owner read, update and delete it.
     *
     * @param userId the id of the owner
     * @return three permissions for {@code user:USERID}
     * @throws IllegalArgumentException if {@code userId} is not an id
     */
    public static List<Permission> ownerOnly(String userId) {
        Role owner = Role.user(Checks.id("userId", userId));
        return List.of(read(owner), update(owner), delete(owner));
    }

    /**
     * Returns the distinct permissions in the given order, with each {@code write} replaced by {@code update} and
     * {@code delete}.
     */
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
                throw new IllegalArgumentException("permissions must be at most " + MAX_PERMISSIONS);
            }
        }
        return List.copyOf(distinct);
    }

    /**
     * Returns the text form, which {@link #parse} accepts.
     *
     * @return for example {@code read("team:blue")}
     */
    @Override
    public String toString() {
        return type.word + "(\"" + role + "\")";
    }
}

package io.presence;

import org.jspecify.annotations.Nullable;

/**
 * The form of presence ids that belong to one user: the id of the user, {@code ~}, and a local id that the user
 * chooses. A store with {@link PresenceStoreBuilder#scopeIdsByUser} accepts no other ids from principals, so no user
 * can take the id of another user.
 *
 * <p>In the id of the user, {@code ~} is escaped as {@code %7E} and {@code %} as {@code %25}. So the first {@code ~} is
 * the separator, and two different pairs never have the same presence id. Every user id can be combined with every
 * local id, of up to {@value Ids#MAX_LENGTH} characters each. The resulting presence id has at most
 * {@value #MAX_LENGTH} characters, or 257 if the user id needs no escape. Any other presence id has at most
 * {@value Ids#MAX_LENGTH}.
 *
 * <p><b>Cost.</b> Linear in the length. {@link #isOf} allocates nothing.
 *
 * <p><b>Threads.</b> Stateless.
 */
public final class PresenceId {

    /** The character between the user id and the local id. */
    public static final char SEPARATOR = '~';

    /** The maximum length of an id that {@link #of} returns, in characters. */
    public static final int MAX_LENGTH = 4 * Ids.MAX_LENGTH + 1;

    private static final String ESCAPED_SEPARATOR = "%7E";
    private static final String ESCAPED_PERCENT = "%25";

    private PresenceId() {}

    /**
     * Returns the presence id of a user and a local id.
     *
     * @param userId the id of the user
     * @param local any id, unique among the presences of that user
     * @return for example {@code ada~tab-1}
     * @throws IllegalArgumentException if an argument is not an id, or {@code local} ends in a dot and {@code create},
     *     {@code upsert}, {@code update} or {@code delete}
     */
    public static String of(String userId, String local) {
        String id = escape(Checks.id("userId", userId)) + SEPARATOR + Checks.id("local", local);
        return Ids.withoutAction("local", id);
    }

    /**
     * Returns the user id of a presence id that {@link #of} has returned.
     *
     * @param id a presence id
     * @return the id of the user; null if {@code id} does not have the form that {@code of} returns
     */
    public static @Nullable String userId(String id) {
        int separator = Checks.notNull("id", id).indexOf(SEPARATOR);
        String user = separator < 0 ? null : unescape(id.substring(0, separator));
        return user != null && isId(user) && isId(id.substring(separator + 1)) ? user : null;
    }

    /**
     * Returns the local id of a presence id that {@link #of} has returned.
     *
     * @param id a presence id
     * @return the local id; null if {@code id} does not have the form that {@code of} returns
     */
    public static @Nullable String local(String id) {
        return userId(id) == null ? null : id.substring(id.indexOf(SEPARATOR) + 1);
    }

    /**
     * Returns whether a presence id belongs to a user: it consists of the escaped user id, {@code ~}, and at least one
     * more character.
     *
     * @param id a presence id
     * @param userId the id of a user
     * @return false for the id of another user, for an id without a user, and for an empty user id
     */
    public static boolean isOf(String id, String userId) {
        Checks.notNull("id", id);
        if (Checks.notNull("userId", userId).isEmpty()) {
            return false;
        }
        int at = 0;
        for (int i = 0; i < userId.length(); i++) {
            String escaped = escaped(userId.charAt(i));
            boolean isSame = escaped == null
                    ? at < id.length() && id.charAt(at) == userId.charAt(i)
                    : id.startsWith(escaped, at);
            if (!isSame) {
                return false;
            }
            at += escaped == null ? 1 : escaped.length();
        }
        return at + 1 < id.length() && id.charAt(at) == SEPARATOR;
    }

    /** Returns whether {@link #of} can return an id, apart from the rule on names of actions. */
    static boolean isScoped(String id) {
        return id.length() <= MAX_LENGTH && userId(id) != null;
    }

    private static @Nullable String escaped(char c) {
        if (c == SEPARATOR) {
            return ESCAPED_SEPARATOR;
        }
        return c == '%' ? ESCAPED_PERCENT : null;
    }

    private static String escape(String userId) {
        return userId.replace("%", ESCAPED_PERCENT).replace(String.valueOf(SEPARATOR), ESCAPED_SEPARATOR);
    }

    /* Returns null if escape does not return this text. */
    private static @Nullable String unescape(String text) {
        String user = text.replace(ESCAPED_SEPARATOR, String.valueOf(SEPARATOR)).replace(ESCAPED_PERCENT, "%");
        return escape(user).equals(text) ? user : null;
    }

    private static boolean isId(String text) {
        return !text.isEmpty()
                && text.length() <= Ids.MAX_LENGTH
                && text.chars().allMatch(Ids::isAllowed);
    }
}

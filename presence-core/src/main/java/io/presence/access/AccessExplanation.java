package io.presence.access;

import static java.util.Objects.requireNonNull;

import io.presence.Presence;
import io.presence.Principal;
import io.presence.Role;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The access of one principal to one presence id at one moment: the presence, and for each operation whether it is
 * permitted and why. It is for operators, because it shows what the principal must not see.
 *
 * <p>The decisions are those of the store for calls outside sessions. Limits, conditions on versions and the fencing
 * of sessions are not considered.
 *
 * <p><b>Threads.</b> Immutable.
 *
 * @param principal the principal
 * @param id the presence id, as the caller gave it
 * @param presence the presence as trusted code sees it; null if there is none that is alive
 * @param read whether the principal sees the presence: {@code get} returns it, and {@code list}, {@code count} and
 *     subscriptions include it
 * @param update whether {@code update} and {@code touch} are permitted
 * @param delete whether {@code delete} is permitted
 * @param upsert whether {@code upsert} of this id is permitted; the permissions of a presence have no effect on this
 */
public record AccessExplanation(
        Principal principal,
        String id,
        @Nullable Presence presence,
        AccessDecision read,
        AccessDecision update,
        AccessDecision delete,
        AccessDecision upsert) {

    /** Checks that everything except the presence is there. */
    public AccessExplanation {
        requireNonNull(principal, "principal must not be null");
        requireNonNull(id, "id must not be null");
        requireNonNull(read, "read must not be null");
        requireNonNull(update, "update must not be null");
        requireNonNull(delete, "delete must not be null");
        requireNonNull(upsert, "upsert must not be null");
    }

    /**
     * Returns the owner of the presence.
     *
     * @return null if there is no presence that is alive
     */
    public @Nullable String owner() {
        return presence == null ? null : presence.userId();
    }

    /**
     * Returns an explanation in lines for an operator: the answer, the presence without its status and metadata, the
     * roles and scopes of the principal, and the decision for each operation.
     *
     * @return eight lines without a line break at the end
     */
    @Override
    public String toString() {
        return String.join(
                "\n  ",
                principal + (read.isGranted() ? " sees " : " does not see ") + printable(id),
                "presence: " + described(presence),
                "roles: "
                        + principal.roles().stream()
                                .map(Role::toString)
                                .sorted()
                                .collect(Collectors.joining(", ")),
                "scopes: "
                        + principal.scopes().stream()
                                .map(Object::toString)
                                .sorted()
                                .collect(Collectors.joining(", ")),
                "read: " + read,
                "update, touch: " + update,
                "delete: " + delete,
                "upsert: " + upsert);
    }

    private static String described(@Nullable Presence presence) {
        return presence == null
                ? "none that is alive"
                : "alive until " + presence.expiresAt() + ", owner " + presence.userId() + ", permissions "
                        + presence.permissions();
    }

    /** The id can be any text of a caller, and must not break a line. */
    private static String printable(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.chars().forEach(c -> out.append(Character.isISOControl(c) ? '?' : (char) c));
        return out.toString();
    }
}

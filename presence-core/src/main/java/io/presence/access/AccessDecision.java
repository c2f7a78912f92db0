package io.presence.access;

import static java.util.Objects.requireNonNull;

import io.presence.Permission;
import io.presence.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one operation of a principal on a presence, with its reason.
 *
 * <p><b>Threads.</b> Immutable.
 *
 * @param reason the reason
 * @param permission the first permission of the presence that grants the operation to a role of the principal; null
 *     unless the reason is {@link AccessReason#PERMISSION}
 * @param missing the scope that the principal lacks; null unless the reason is {@link AccessReason#SCOPE_MISSING}
 */
public record AccessDecision(
        AccessReason reason,
        @Nullable Permission permission,
        @Nullable Scope missing) {

    /**
     * Checks that the parts belong together.
     *
     * @throws IllegalArgumentException if a permission or a scope is given for another reason, or is absent
     */
    public AccessDecision {
        requireNonNull(reason, "reason must not be null");
        if ((permission != null) != (reason == AccessReason.PERMISSION)) {
            throw new IllegalArgumentException("permission must be given for PERMISSION alone: " + reason);
        }
        if ((missing != null) != (reason == AccessReason.SCOPE_MISSING)) {
            throw new IllegalArgumentException("missing must be given for SCOPE_MISSING alone: " + reason);
        }
    }

    /**
     * Creates a decision that needs no permission and lacks no scope.
     *
     * @param reason a reason other than {@code PERMISSION} and {@code SCOPE_MISSING}
     * @return a decision
     */
    public static AccessDecision of(AccessReason reason) {
        return new AccessDecision(reason, null, null);
    }

    /**
     * Returns whether the operation is permitted.
     *
     * @return {@link AccessReason#isGranted} of the reason
     */
    public boolean isGranted() {
        return reason.isGranted();
    }

    /**
     * Returns the answer and its reason in words.
     *
     * @return for example {@code yes, by read("team:blue")} or {@code no, the presence has ended}
     */
    @Override
    public String toString() {
        if (permission != null) {
            return "yes, by " + permission;
        }
        if (missing != null) {
            return "no, the scope " + missing + " is missing";
        }
        return (isGranted() ? "yes, " : "no, ") + reason.text();
    }
}

package io.presence.access;

/** The reason why an operation on a presence is permitted to a principal, or not. */
public enum AccessReason {
    /** Permitted: the principal owns the presence. */
    OWNER(true, "owner"),
    /** Permitted: a permission of the presence names a role that the principal holds. */
    PERMISSION(true, "by a permission"),
    /** Permitted, to upsert alone: the id is free. */
    FREE(true, "the id is free"),
    /** Not permitted: the principal lacks the scope of the operation. */
    SCOPE_MISSING(false, "the scope is missing"),
    /** Not permitted: there is no presence of this id. */
    ABSENT(false, "there is no presence of this id"),
    /** Not permitted: the presence of this id has ended, and its end is not dispatched yet. Later it is absent. */
    ENDED(false, "the presence has ended"),
    /** Not permitted: the principal does not own the presence, and no permission names a role that it holds. */
    NOT_GRANTED(false, "not the owner, and no permission grants it to a role of the principal"),
    /** Not permitted, to update and delete: a presence that the principal cannot read is absent for it. */
    UNREADABLE(false, "a presence that the principal cannot read is absent for it"),
    /** Not permitted, to upsert: another user owns the living presence of this id. */
    ID_IN_USE(false, "a presence of another user has this id"),
    /** Not permitted, to upsert: the store scopes ids by user, and this is not an id of the principal's user. */
    ID_OF_OTHER(false, "ids are scoped by user, and this is no id of the principal's user"),
    /** Not permitted, to upsert: the id is one of {@linkplain io.presence.lock.Locks locks}, which sessions write. */
    ID_RESERVED(false, "ids of locks are reserved");

    private final boolean isGranted;
    private final String text;

    AccessReason(boolean isGranted, String text) {
        this.isGranted = isGranted;
        this.text = text;
    }

    /**
     * Returns whether the operation is permitted for this reason.
     *
     * @return true for {@link #OWNER}, {@link #PERMISSION} and {@link #FREE}
     */
    public boolean isGranted() {
        return isGranted;
    }

    String text() {
        return text;
    }
}

package io.presence.bench.system.peer;

/** A listener. Of one id, one call comes after another; of several, they may run at a time. */
public interface RowListener {
    /** Tells that a row came into sight. */
    void enter(String id, long number);

    /** Tells that a row in sight was written. */
    void update(String id, long number);

    /** Tells that a row went out of sight. */
    void exit(String id);
}

package io.presence.bench.system.peer;

/** A listener. Calls for one id are sequential; calls for several ids may be concurrent. */
public interface RowListener {

    /** Called when a row becomes visible. */
    void enter(String id, long number);

    /** Called when a visible row is written. */
    void update(String id, long number);

    /** Called when a row stops being visible. */
    void exit(String id);
}

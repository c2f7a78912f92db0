package io.presence.internal.store;

/**
 * Receives each captured change of an entry, after it is dispatched and before an ended entry is released.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
public interface ChangeSink {

    /**
     * Receives a change. If this throws, the entry is dispatched again, so it is called again.
     *
     * @param now the reading of the clock in this duty cycle
     */
    void captured(Entry entry, CapturedChange change, long now);
}

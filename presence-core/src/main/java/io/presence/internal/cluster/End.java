package io.presence.internal.cluster;

import io.presence.PresenceEvent.Cause;
import org.jspecify.annotations.Nullable;

/**
 * The end of a presence, or a request for it.
 *
 * @param claim null for an end of a presence that the sender owns. Otherwise the sender does not own the presence and
 *     asks its owner to end it
 * @param cause one that {@linkplain Cause#isEnd() is an end}
 * @param endedAgoMillis the time since the end
 * @param sinceMillis the time from the last heartbeat to the end
 */
record End(String id, @Nullable Claim claim, String userId, Cause cause, long endedAgoMillis, long sinceMillis)
        implements Operation {}

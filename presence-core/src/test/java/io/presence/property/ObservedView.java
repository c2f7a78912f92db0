package io.presence.property;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.property.ModelRecord.Shown;
import org.jspecify.annotations.Nullable;

/** The view of a subscription: the presences on its channel that its caller can read and that match. */
record ObservedView(ModelCaller caller, QueryCase asked, Channel channel) {

    ObservedView of(ModelCaller other) {
        return new ObservedView(other, asked, channel);
    }

    boolean sees(ModelRecord record) {
        String one = channel.presenceId();
        return (one == null || one.equals(record.id()))
                && caller.may(Permission.Type.READ, record)
                && asked.matches(record);
    }

    /** A record as it is seen, or null if it is not. */
    @Nullable Shown shown(@Nullable ModelRecord record) {
        return record == null || !sees(record) ? null : record.shown();
    }
}

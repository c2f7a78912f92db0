package io.presence.property;

import io.presence.SubscriptionOptions;

/**
 * How somebody wants to be told.
 *
 * @param start with what it starts, unless it comes back
 * @param executor who calls it
 * @param limit how many presences may have something waiting; 0 for no limit
 * @param batch how many events are told in a turn, in one call if {@code batching}
 * @param demand how many events may be told at first; negative for no limit
 * @param endsOnError whether it ends when it throws
 */
record OptionsCase(
        Start start, ExecutorKind executor, int limit, int batch, int demand, boolean batching, boolean endsOnError) {

    enum Start {
        SNAPSHOT,
        NOW
    }

    enum ExecutorKind {
        DEFAULT,
        DISPATCHER,
        SCRIPTED
    }

    long firstDemand() {
        return demand < 0 ? Long.MAX_VALUE : demand;
    }

    int mostPending() {
        return limit == 0 ? Integer.MAX_VALUE : limit;
    }

    /** Without what a channel of one action refuses. */
    OptionsCase forOneAction() {
        return new OptionsCase(Start.NOW, executor, 0, batch, demand, batching, endsOnError);
    }

    SubscriptionOptions options(ScriptedExecutor hand) {
        SubscriptionOptions options =
                SubscriptionOptions.defaults().batchSize(batch).initialRequest(firstDemand());
        options = start == Start.SNAPSHOT ? options.withSnapshot() : options;
        options = limit == 0 ? options : options.maxPending(limit);
        options = endsOnError ? options.closeOnError() : options;
        return switch (executor) {
            case DEFAULT -> options;
            case DISPATCHER -> options.onDispatcher();
            case SCRIPTED -> options.executor(hand);
        };
    }
}

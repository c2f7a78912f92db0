package io.presence.property;

import io.presence.SubscriptionOptions;

/** The options of a subscription.
 *
 * @param start the start, unless it resumes
 * @param executor the executor of the listener
 * @param limit the greatest number of pending presences; 0 for no limit
 * @param batch the events of one drain, in one call if {@code batching}
 * @param demand the initial demand; negative for no limit
 * @param endsOnError whether an error of the listener closes the subscription
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

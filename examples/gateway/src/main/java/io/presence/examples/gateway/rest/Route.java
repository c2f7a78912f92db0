package io.presence.examples.gateway.rest;

import io.vertx.core.Future;

/** The code that answers one kind of request. It runs on an event loop and must not block. */
@FunctionalInterface
interface Route {

    /** Answers a request. An {@link ApiException} that it throws is sent to the client. */
    Future<Reply> answer(Call call);
}

package io.presence.examples.gateway.rest;

import io.vertx.core.Future;

/** Answers one sort of request. Runs on an event loop, where it must not block. */
@FunctionalInterface
interface Route {

    /** Answers, or throws what is told to the client. */
    Future<Reply> answer(Call call);
}

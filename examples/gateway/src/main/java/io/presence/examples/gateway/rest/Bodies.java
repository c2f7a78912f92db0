package io.presence.examples.gateway.rest;

import io.presence.examples.gateway.wire.ApiException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Reads bodies up to a limit. */
final class Bodies {

    private Bodies() {}

    /** Returns the whole body, or fails as soon as it is too long; what comes after that is not kept. */
    static Future<Buffer> read(HttpServerRequest request, int limit) {
        Promise<Buffer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        request.handler(part -> {
            if (body.length() + part.length() <= limit) {
                body.appendBuffer(part);
            } else {
                whole.tryFail(
                        new ApiException(413, "general_bad_request", "The body must be at most " + limit + " bytes."));
            }
        });
        request.exceptionHandler(whole::tryFail);
        request.endHandler(end -> whole.tryComplete(body));
        return whole.future();
    }
}

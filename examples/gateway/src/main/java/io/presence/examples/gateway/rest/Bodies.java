package io.presence.examples.gateway.rest;

import io.presence.examples.gateway.wire.ApiException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The bodies of requests, up to a limit. */
final class Bodies {

    private static final int MAX_LENGTH_DIGITS = 18;

    private Bodies() {}

    /**
     * Returns the whole body, or fails as soon as it is too long; the rest is dropped. A client that sends
     * {@code Expect: 100-continue} is answered by 100 only if the announced body is not too long.
     *
     * @throws ApiException if the body is announced as too long, or the expectation is another one
     */
    static Future<Buffer> read(HttpServerRequest request, int limit) {
        requireExpectation(request, limit);
        Promise<Buffer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        request.handler(part -> {
            if (body.length() + part.length() <= limit) {
                body.appendBuffer(part);
            } else {
                whole.tryFail(tooLong(limit));
            }
        });
        request.exceptionHandler(whole::tryFail);
        request.endHandler(end -> whole.tryComplete(body));
        if (expectation(request) != null) {
            request.response().writeContinue();
        }
        return whole.future();
    }

    /* A client that does not wait for 100 is already sending, and reads the answer only after the body. */
    private static void requireExpectation(HttpServerRequest request, int limit) {
        String expected = expectation(request);
        if (expected == null) {
            return;
        }
        boolean isKnown = expected.equalsIgnoreCase("100-continue");
        if (!isKnown || announced(request) > limit) {
            request.response().putHeader("Connection", "close");
            throw isKnown
                    ? tooLong(limit)
                    : new ApiException(417, "general_bad_request", "Expect must be 100-continue.");
        }
    }

    private static @Nullable String expectation(HttpServerRequest request) {
        return request.getHeader("Expect");
    }

    private static long announced(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return isNumber(length) ? Long.parseLong(length) : 0;
    }

    private static boolean isNumber(@Nullable String text) {
        return text != null && text.length() <= MAX_LENGTH_DIGITS && text.matches("[0-9]+");
    }

    private static ApiException tooLong(int limit) {
        return new ApiException(413, "general_bad_request", "The body must be at most " + limit + " bytes.");
    }

    /**
     * Returns a body as text.
     *
     * @throws IllegalArgumentException if it is not UTF-8
     */
    static String text(Buffer body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.getBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("The body must be UTF-8", e);
        }
    }
}

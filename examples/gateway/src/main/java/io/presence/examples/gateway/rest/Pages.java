package io.presence.examples.gateway.rest;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;

/**
 * The static page, from the class path. Each file is read once, by a worker, and kept.
 *
 * <p><b>Threads.</b> Runs on event loops; safe for use by several.
 */
public final class Pages implements Handler<HttpServerRequest> {

    /* No part begins with a period, so that nothing leads out of the folder. */
    private static final Pattern FILE =
            Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/[A-Za-z0-9_-][A-Za-z0-9._-]*\\.[a-z0-9]+");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=UTF-8",
            "css", "text/css; charset=UTF-8",
            "js", "text/javascript; charset=UTF-8",
            "json", "application/json; charset=UTF-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "txt", "text/plain; charset=UTF-8",
            "woff2", "font/woff2");

    private final Vertx vertx;
    private final ConcurrentMap<String, Buffer> files = new ConcurrentHashMap<>();

    /** Makes it. */
    public Pages(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public void handle(HttpServerRequest request) {
        request.response().exceptionHandler(gone -> {});
        if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            request.response()
                    .setStatusCode(405)
                    .putHeader("Allow", "GET, HEAD")
                    .end();
            return;
        }
        String path = "/".equals(request.path()) ? "/index.html" : request.path();
        String type = path == null || !FILE.matcher(path).matches() ? null : TYPES.get(extension(path));
        if (type == null) {
            notFound(request.response());
            return;
        }
        Buffer known = files.get(path);
        if (known != null) {
            send(request, type, known);
            return;
        }
        vertx.executeBlocking(() -> read(path), false).onComplete(read -> {
            if (read.succeeded() && read.result().length() > 0) {
                files.put(path, read.result());
                send(request, type, read.result());
            } else {
                notFound(request.response());
            }
        });
    }

    private static String extension(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /* Empty if there is none. */
    private static Buffer read(String path) throws IOException {
        try (InputStream in = Pages.class.getClassLoader().getResourceAsStream("page" + path)) {
            return in == null ? Buffer.buffer() : Buffer.buffer(in.readAllBytes());
        }
    }

    private static void send(HttpServerRequest request, String type, Buffer file) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return;
        }
        response.putHeader("Content-Type", type)
                .putHeader("Cache-Control", "no-cache")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Content-Length", String.valueOf(file.length()));
        if (request.method() == HttpMethod.HEAD) {
            response.end();
        } else {
            response.end(file);
        }
    }

    private static void notFound(HttpServerResponse response) {
        if (!response.closed()) {
            response.setStatusCode(404)
                    .putHeader("Content-Type", "text/plain; charset=UTF-8")
                    .end("Not found\n");
        }
    }
}

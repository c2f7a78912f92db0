package io.presence.examples.gateway.rest;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of the static page, from the class path. A worker reads each file once; then it is kept in memory.
 *
 * <p><b>Threads.</b> Runs on event loops; safe for use by several.
 */
public final class Pages implements Handler<HttpServerRequest> {

    /* No part begins with a period, so no path leads out of the folder. */
    private static final Pattern FILE =
            Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/[A-Za-z0-9_-][A-Za-z0-9._-]*\\.[a-z0-9]+");
    private static final Pattern GZIP =
            Pattern.compile("(gzip|\\*)(\\s*;\\s*q\\s*=\\s*(1|1\\.0*|0?\\.0*[1-9][0-9]*))?");
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
    private final ConcurrentMap<String, PageFile> files = new ConcurrentHashMap<>();

    /** Creates the page without reading a file. */
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
        PageFile known = files.get(path);
        if (known != null) {
            send(request, type, known);
            return;
        }
        vertx.executeBlocking(() -> read(path), false).onComplete(read -> {
            PageFile file = read.result();
            if (file != null && file.plain().length() > 0) {
                files.put(path, file);
                send(request, type, file);
            } else {
                notFound(request.response());
            }
        });
    }

    private static String extension(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /* Empty if there is none. */
    private static PageFile read(String path) throws IOException {
        try (InputStream in = Pages.class.getClassLoader().getResourceAsStream("page" + path)) {
            return PageFile.of(in == null ? new byte[0] : in.readAllBytes());
        }
    }

    private static void send(HttpServerRequest request, String type, PageFile file) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return;
        }
        Buffer gzip = takesGzip(request.getHeader("Accept-Encoding")) ? file.gzip() : null;
        response.putHeader("Cache-Control", "no-cache")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("ETag", file.etag(gzip != null))
                .putHeader("Vary", "Accept-Encoding");
        if (file.isKnown(request.getHeader("If-None-Match"))) {
            response.setStatusCode(304).end();
            return;
        }
        Buffer content = gzip == null ? file.plain() : gzip;
        if (gzip != null) {
            response.putHeader("Content-Encoding", "gzip");
        }
        response.putHeader("Content-Type", type).putHeader("Content-Length", String.valueOf(content.length()));
        if (request.method() == HttpMethod.HEAD) {
            response.end();
        } else {
            response.end(content);
        }
    }

    private static boolean takesGzip(@Nullable String accepted) {
        if (accepted == null) {
            return false;
        }
        for (String coding : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
            if (GZIP.matcher(coding.trim()).matches()) {
                return true;
            }
        }
        return false;
    }

    private static void notFound(HttpServerResponse response) {
        if (!response.closed()) {
            response.setStatusCode(404)
                    .putHeader("Content-Type", "text/plain; charset=UTF-8")
                    .end("Not found\n");
        }
    }
}

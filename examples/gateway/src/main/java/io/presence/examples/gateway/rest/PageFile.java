package io.presence.examples.gateway.rest;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A static file: its content, and the compressed content if that is shorter. Each has an ETag of its own.
 *
 * @param plain the content
 * @param gzip the compressed content, or null
 * @param tag identifies this content, without quotes
 */
record PageFile(Buffer plain, @Nullable Buffer gzip, String tag) {

    private static final int TAG_BYTES = 12;

    static PageFile of(byte[] content) {
        byte[] compressed = compressed(content);
        return new PageFile(
                Buffer.buffer(content),
                compressed.length < content.length ? Buffer.buffer(compressed) : null,
                HexFormat.of().formatHex(digest(content), 0, TAG_BYTES));
    }

    private static byte[] compressed(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("memory must be writable", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] digest(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 must be available", e);
        }
    }

    /** Returns the ETag of one of the two contents. */
    String etag(boolean isGzip) {
        return '"' + tag + (isGzip ? "-gzip" : "") + '"';
    }

    /** Returns whether a client that sends {@code If-None-Match} has this content, plain or compressed. */
    boolean isKnown(@Nullable String ifNoneMatch) {
        return ifNoneMatch != null
                && (ifNoneMatch.trim().equals("*")
                        || ifNoneMatch.contains(etag(false))
                        || ifNoneMatch.contains(etag(true)));
    }
}

package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.examples.gateway.fixture.HttpUser.Answer;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Tests of the static files. */
class PagesTest extends SharedGateway {

    @Test
    void file_ofThePage_hasItsContentType() {
        Answer script = gateway.guest().get("/probe.js");
        assertThat(script.status()).isEqualTo(200);
        assertThat(script.header("Content-Type")).contains("text/javascript; charset=UTF-8");
        assertThat(script.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(script.text()).isEqualTo("export const probe = 1;\n");
        Answer head = gateway.guest().send("HEAD", "/probe.js", null);
        assertThat(head.status() + head.text()).isEqualTo("200");
        assertThat(gateway.guest().post("/probe.js").status()).isEqualTo(405);
    }

    @Test
    void file_thatTheClientHas_isNotSentAgain() {
        String etag = gateway.guest().get("/probe.js").header("ETag").orElseThrow();
        Answer known =
                gateway.guest().with("If-None-Match", "\"other\", " + etag).get("/probe.js");
        assertThat(known.status() + known.text()).isEqualTo("304");
        assertThat(known.header("ETag")).contains(etag);
        assertThat(gateway.guest()
                        .with("If-None-Match", "W/" + etag)
                        .get("/probe.js")
                        .status())
                .isEqualTo(304);
        assertThat(gateway.guest()
                        .with("If-None-Match", "\"other\"")
                        .get("/probe.js")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void file_forAClientThatTakesGzip_isCompressedIfThatIsShorter() throws Exception {
        Answer plain = gateway.guest().get("/index.html");
        Answer packed =
                gateway.guest().with("Accept-Encoding", "br, gzip;q=0.8").get("/index.html");
        assertThat(plain.header("Content-Encoding")).isEmpty();
        assertThat(packed.header("Content-Encoding")).contains("gzip");
        assertThat(packed.header("Vary")).contains("Accept-Encoding");
        assertThat(packed.header("ETag")).isNotEqualTo(plain.header("ETag"));
        byte[] body = packed.response().body();
        assertThat(body.length).isLessThan(plain.response().body().length / 2);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            assertThat(in.readAllBytes()).isEqualTo(plain.response().body());
        }
        for (String refused : new String[] {"gzip;q=0", "gzip; q=0.0", "br", "identity"}) {
            assertThat(gateway.guest()
                            .with("Accept-Encoding", refused)
                            .get("/index.html")
                            .header("Content-Encoding"))
                    .as(refused)
                    .isEmpty();
        }
        assertThat(gateway.guest()
                        .with("Accept-Encoding", "gzip")
                        .get("/probe.js")
                        .header("Content-Encoding"))
                .isEmpty();
    }

    @Test
    void file_outsideTheFolder_isNotFound() throws Exception {
        for (String path : new String[] {
            "/none.js",
            "/../io/presence/examples/gateway/Main.class",
            "/%2e%2e/log.js",
            "/..%2fprobe.js",
            "//probe.js",
            "/./probe.js",
            "/probe.js/",
            "/.hidden.js",
            "/vendor",
            "/probe.class",
            "*",
            "/a\\b.js"
        }) {
            assertThat(statusOf(path)).as(path).isIn("404", "400");
        }
    }

    /* As bytes, since HTTP clients normalise such paths. */
    private static String statusOf(String path) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", gateway.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] line = new DataInputStream(socket.getInputStream()).readNBytes(12);
            return new String(line, StandardCharsets.US_ASCII).substring(9);
        }
    }
}

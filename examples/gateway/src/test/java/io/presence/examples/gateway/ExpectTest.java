package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Tests of clients that send {@code Expect}, as curl does before a long body. */
class ExpectTest extends SharedRest {

    private static final String BODY = "{\"status\":\"x\"}";

    private static BufferedReader put(Socket socket, String expected, long length) throws IOException {
        socket.setSoTimeout(20_000);
        String head = "PUT /v1/presences/p1 HTTP/1.1\r\nHost: localhost\r\nX-Appwrite-Project: demo\r\n"
                + "X-Appwrite-Session: ada\r\nExpect: " + expected + "\r\nContent-Length: " + length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    @Test
    void expectContinue_isAnsweredBeforeTheBodyComes() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", gateway.port())) {
            BufferedReader in = put(socket, "100-continue", BODY.length());
            assertThat(in.readLine()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(in.readLine()).isEmpty();
            socket.getOutputStream().write(BODY.getBytes(StandardCharsets.US_ASCII));
            assertThat(in.readLine()).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @Test
    void expectContinue_withALongBody_isRefusedBeforeItComes() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", gateway.port())) {
            BufferedReader in = put(socket, "100-continue", 300_000);
            assertThat(in.readLine()).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void expect_ofSomethingElse_isRefused() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", gateway.port())) {
            assertThat(put(socket, "200-ok", BODY.length()).readLine()).startsWith("HTTP/1.1 417 ");
        }
    }
}

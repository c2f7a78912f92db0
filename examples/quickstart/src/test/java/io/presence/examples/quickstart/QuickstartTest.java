package io.presence.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class QuickstartTest {

    private static final String PRINTED = """
            ENTER ada reading
            ENTER bob reading
            UPDATE ada typing
            in the lobby: 2
            EXIT bob reading
            EXIT ada typing
            in the lobby: 0
            """;

    @Test
    void run_inRealTime_printsEachChangeOfTheRoom() throws InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Quickstart.run(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines(PRINTED);
    }
}

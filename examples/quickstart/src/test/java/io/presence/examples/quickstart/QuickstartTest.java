package io.presence.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class QuickstartTest {

    private static final String STORY = """
            09:00:00.0      bob's board: in step at revision 0 -> here: []
            09:00:00.0      stranger: in step at revision 0 -> here: []
            09:00:00.0  ada opens the plan on her laptop
            09:00:00.0      bob's board: ENTER  ada-laptop -> here: [ada-laptop viewing]
            09:00:04.0  ada types
            09:00:04.0      bob's board: UPDATE ada-laptop -> here: [ada-laptop typing]
            09:00:09.0  cleo opens the plan on her phone
            09:00:09.0      bob's board: ENTER  cleo-phone -> here: [ada-laptop typing, cleo-phone viewing]
            09:00:15.0  ada's laptop sends a heartbeat: no event
            09:00:20.0  ada opens the plan on her tablet too
            09:00:20.0      bob's board: ENTER  ada-tablet -> here: [ada-laptop typing, ada-tablet viewing, cleo-phone viewing]
            09:00:24.0  ada's laptop goes over to the budget: it leaves the filter
            09:00:24.0      bob's board: EXIT   ada-laptop (NO_LONGER_MATCHES) -> here: [ada-tablet viewing, cleo-phone viewing]
            09:00:31.0  ada's tablet sends a heartbeat; cleo's phone is in a tunnel and sends none
            09:00:39.0      bob's board: EXIT   cleo-phone (EXPIRED) -> here: [ada-tablet viewing]
            09:00:50.0  cleo's phone is out of the tunnel: it had expired by itself, 30 seconds after its last sign of life
            09:00:50.0      bob's board: ENTER  cleo-phone -> here: [ada-tablet viewing, cleo-phone typing]
            09:00:55.0  ada closes the tablet
            09:00:55.0      bob's board: EXIT   ada-tablet (DELETED) -> here: [cleo-phone typing]
            09:00:58.0  the morning is over

            on the plan, as the board assembled it:  [cleo-phone typing]
            on the plan, as the store lists it:      [cleo-phone typing]
            the stranger was told of 0 presences and finds 0
            """;

    @Test
    void play_tellsTheSameStoryEachTime() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Quickstart(new PrintStream(bytes, true, StandardCharsets.UTF_8)).play();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines(STORY);
    }
}

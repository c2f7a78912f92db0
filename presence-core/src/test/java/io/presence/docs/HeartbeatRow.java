package io.presence.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A row of the tested table of docs/guide/heartbeats.md.
 *
 * @param client the client and its version
 * @param kind the heartbeat: {@code touch}, {@code upsert} or {@code session}
 * @param beat the gap between two heartbeats
 * @param hidden the gap in a hidden tab
 * @param ttl the TTL
 * @param goneAfter the shortest and the longest time from the loss of the client to its end, as the page says it
 */
record HeartbeatRow(String client, String kind, Duration beat, Duration hidden, Duration ttl, String goneAfter) {

    private static final Path PAGE = Path.of("../docs/guide/heartbeats.md");
    private static final String HEADER =
            "| Client | Heartbeat | Gap | Gap, hidden | TTL | Silent client is gone after |";

    /** The rows of the page. */
    static List<HeartbeatRow> all() {
        try {
            return Files.readAllLines(PAGE).stream()
                    .dropWhile(line -> !line.equals(HEADER))
                    .skip(2)
                    .takeWhile(line -> line.startsWith("|"))
                    .map(HeartbeatRow::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HeartbeatRow of(String line) {
        String[] cells = line.split(" *\\| *", -1);
        return new HeartbeatRow(
                cells[1], cells[2].replace("`", ""), seconds(cells[3]), seconds(cells[4]), seconds(cells[5]), cells[6]);
    }

    private static Duration seconds(String cell) {
        return Duration.ofSeconds(Long.parseLong(cell.replace(" s", "")));
    }
}

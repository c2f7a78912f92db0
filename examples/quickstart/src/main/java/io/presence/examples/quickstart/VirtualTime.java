package io.presence.examples.quickstart;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A clock that moves when it is told to: a minute passes in no time, the same way at each run. */
final class VirtualTime {

    private static final Instant START = Instant.parse("2026-05-25T09:00:00Z");
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("HH:mm:ss.S").withZone(ZoneOffset.UTC);

    private long nanos;

    long nanoTime() {
        return nanos;
    }

    Instant instant() {
        return START.plusNanos(nanos);
    }

    long seconds() {
        return Duration.ofNanos(nanos).toSeconds();
    }

    void advance(Duration step) {
        nanos += step.toNanos();
    }

    @Override
    public String toString() {
        return FORMAT.format(instant());
    }
}

package io.presence.internal.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.fixture.Promise;
import io.presence.internal.stats.FailureLog.Kind;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailureLogTest {

    private final Logger logger = Logger.getLogger("io.presence");
    private final List<String> logged = new ArrayList<>();
    private final Captor captor = new Captor();
    private long now = Long.MAX_VALUE - 5;
    private final FailureLog failures = new FailureLog("chat", () -> now);

    private final class Captor extends Handler {
        private boolean fails;

        @Override
        public void publish(LogRecord entry) {
            if (fails) {
                throw new OutOfMemoryError("log");
            }
            logged.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void capture() {
        logger.setUseParentHandlers(false);
        logger.addHandler(captor);
    }

    @AfterEach
    void restore() {
        logger.removeHandler(captor);
        logger.setUseParentHandlers(true);
    }

    @Test
    @Promise("failures-reported")
    void report_manyWithinOneSecond_logsOneAndCountsAll() {
        for (int i = 0; i < 1000; i++) {
            failures.report(Kind.DISPATCH, Level.ERROR, () -> "a round failed", new IllegalStateException());
        }
        assertThat(logged).containsExactly("chat: a round failed");
        assertThat(failures.count(Kind.DISPATCH)).isEqualTo(1000);
        assertThat(failures.last()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void report_afterOneSecond_logsTheNumberOfSuppressed() {
        failures.report(Kind.LISTENER, Level.WARNING, () -> "first", null);
        failures.report(Kind.LISTENER, Level.WARNING, () -> "second", null);
        failures.report(Kind.EXECUTOR, Level.WARNING, () -> "another kind", null);
        now += 1_000_000_000;
        failures.report(Kind.LISTENER, Level.WARNING, () -> "third", null);
        assertThat(logged).containsExactly("chat: first", "chat: another kind", "chat: third (and 1 more since)");
    }

    @Test
    void report_whenHandlerOrMessageThrows_countsAndReturns() {
        captor.fails = true;
        failures.report(Kind.LISTENER, Level.WARNING, () -> "first", null);
        failures.report(
                Kind.COMMAND,
                Level.WARNING,
                () -> {
                    throw new StackOverflowError();
                },
                null);
        assertThat(failures.count(Kind.LISTENER)).isEqualTo(1);
        assertThat(failures.count(Kind.LOGGER)).isEqualTo(2);
    }
}

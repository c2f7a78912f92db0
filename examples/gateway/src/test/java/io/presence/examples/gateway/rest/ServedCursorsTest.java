package io.presence.examples.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.ListQuery;
import io.presence.query.Query;
import io.presence.testing.ManualClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServedCursorsTest {

    private final ManualClock clock = new ManualClock();
    private final ServedCursors served = new ServedCursors(clock);

    private static ListQuery.Cursor after(String id) {
        return (ListQuery.Cursor) Query.cursorAfter(id);
    }

    private static @Nullable String cursor(ServedCursors served, String account, String list, ListQuery.Cursor named) {
        ServedCursors.Served found = served.find(account, list, named);
        return found == null ? "absent" : found.cursor();
    }

    @Test
    void find_keptCursor_isForThatAccountListAndDirectionOnly() {
        served.keep("user:ada", "list", false, "p1", "/c1");
        assertThat(cursor(served, "user:ada", "list", after("p1"))).isEqualTo("/c1");
        assertThat(cursor(served, "user:bob", "list", after("p1"))).isEqualTo("absent");
        assertThat(cursor(served, "user:ada", "other", after("p1"))).isEqualTo("absent");
        assertThat(cursor(served, "user:ada", "list", after("p2"))).isEqualTo("absent");
        assertThat(cursor(served, "user:ada", "list", (ListQuery.Cursor) Query.cursorBefore("p1")))
                .isEqualTo("absent");
    }

    @Test
    void find_theEndOfAList_isWithoutACursor() {
        served.keep("user:ada", "list", false, "p1", null);
        assertThat(cursor(served, "user:ada", "list", after("p1"))).isNull();
    }

    @Test
    void find_keptAgain_isTheNewest() {
        served.keep("user:ada", "list", false, "p1", "/c1");
        long once = served.characters();
        served.keep("user:ada", "list", false, "p1", "/c2");
        assertThat(cursor(served, "user:ada", "list", after("p1"))).isEqualTo("/c2");
        assertThat(served.characters()).isEqualTo(once);
    }

    @Test
    void find_afterTenMinutes_isForgotten() {
        served.keep("user:ada", "list", false, "p1", "/c1");
        clock.advance(Duration.ofMinutes(ServedCursors.MINUTES));
        assertThat(cursor(served, "user:ada", "list", after("p1"))).isEqualTo("/c1");
        clock.advance(Duration.ofNanos(1));
        assertThat(cursor(served, "user:ada", "list", after("p1"))).isEqualTo("absent");
    }

    @Test
    void keep_moreThanOneAccountMay_forgetsTheOldestOfThatAccount() {
        served.keep("user:bob", "list", false, "p0", "/c");
        for (int i = 0; i <= ServedCursors.MAX_OF_ACCOUNT; i++) {
            served.keep("user:ada", "list", false, "p" + i, "/c");
        }
        assertThat(cursor(served, "user:ada", "list", after("p0"))).isEqualTo("absent");
        assertThat(cursor(served, "user:ada", "list", after("p1"))).isEqualTo("/c");
        assertThat(cursor(served, "user:bob", "list", after("p0"))).isEqualTo("/c");
    }

    @Test
    void keep_beyondTheBoundOfAll_forgetsTheAccountsThatListedLeastRecently() {
        ServedCursors small = new ServedCursors(clock, 20_000);
        for (int i = 0; i < 1000; i++) {
            small.keep("user:" + i, "list", false, "p", "/" + "c".repeat(1000));
            assertThat(small.characters()).isBetween(1000L, 20_000L);
            assertThat(cursor(small, "user:" + i, "list", after("p"))).startsWith("/c");
        }
        assertThat(cursor(small, "user:0", "list", after("p"))).isEqualTo("absent");
    }

    @Test
    void keep_aCursorThatIsTooLong_keepsNothing() {
        served.keep("user:ada", "list", false, "p1", "/" + "c".repeat(ServedCursors.MAX_CURSOR));
        assertThat(cursor(served, "user:ada", "list", after("p1"))).isEqualTo("absent");
        assertThat(served.characters()).isZero();
    }
}

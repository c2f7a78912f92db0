package io.presence.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/** The grammar of timestamps beside that of java.time: where both accept a text, it is the same instant. */
class DateTimeParserPropertyTest {

    private static final Instant FIRST = Instant.parse("-999999999-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("+999999999-12-31T23:59:59Z");

    @Provide
    Arbitrary<Instant> instants() {
        return Arbitraries.longs()
                .between(FIRST.getEpochSecond(), LAST.getEpochSecond())
                .flatMap(second -> Arbitraries.integers()
                        .between(0, 999_999_999)
                        .map(nano -> Instant.ofEpochSecond(second, nano)));
    }

    /** Texts of which about every second one is a timestamp. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> date = Combinators.combine(
                        Arbitraries.of(
                                "2026", "0000", "9999", "1900", "2000", "2024", "-0001", "+10000", "26", "+2026"),
                        Arbitraries.of("01", "02", "04", "12", "13", "00", "1"),
                        Arbitraries.of("01", "28", "29", "30", "31", "32", "00"))
                .as((year, month, day) -> year + "-" + month + "-" + day);
        Arbitrary<String> time = Combinators.combine(
                        Arbitraries.of("T", "t", "T", "T", " "),
                        Arbitraries.of("00", "12", "23", "24"),
                        Arbitraries.of("00", "59", "60"),
                        Arbitraries.of(":00", ":59", ":07", ":60", ""))
                .as((t, hour, minute, second) -> t + hour + ":" + minute + second);
        Arbitrary<String> fraction =
                Arbitraries.of("", "", ".0", ".5", ".123", ".000000001", ".999999999", ".0000000001", ".");
        Arbitrary<String> offset = Arbitraries.of(
                "Z", "z", "Z", "+00:00", "-00:00", "+01:00", "-18:00", "+18:01", "+23:59", "+1:00", "+0100", "");
        return Combinators.combine(date, time, fraction, offset).as((d, t, f, o) -> d + t + f + o);
    }

    private static @Nullable Instant byJavaTime(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    @Property(tries = 2000)
    void timestamp_textOfAnInstant_isRead(@ForAll("instants") Instant instant) {
        assertThat(Values.timestamp(instant.toString())).isEqualTo(instant);
    }

    @Property(tries = 2000)
    void timestamp_withAnyOffset_isRead(
            @ForAll("instants") Instant instant, @ForAll @IntRange(min = -1080, max = 1080) int minutes) {
        OffsetDateTime shifted;
        try {
            shifted = instant.atOffset(ZoneOffset.ofTotalSeconds(minutes * 60));
        } catch (DateTimeException atTheEndOfTime) {
            return;
        }
        String text = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(shifted);
        assertThat(Values.timestamp(text)).isEqualTo(instant);
    }

    @Property(tries = 20_000)
    void timestamp_anyText_agreesWhereBothAccept(@ForAll("texts") String text) {
        Instant ours = Values.timestamp(text);
        Instant theirs = byJavaTime(text);
        Statistics.label("ours, theirs").collect(ours != null, theirs != null);
        if (ours != null && theirs != null) {
            assertThat(ours).isEqualTo(theirs);
        }
        boolean isRfc = text.matches("(?i)(\\d{4}|-\\d{4,9}|\\+\\d{5,9})-\\d\\d-\\d\\dT"
                + "\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");
        if (ours != null) {
            assertThat(isRfc).isTrue();
        } else if (isRfc) {
            assertThat(theirs).isNull();
        }
    }
}

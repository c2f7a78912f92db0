package io.presence.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private final StandingQueries<Map<String, ?>, String> queries = new StandingQueries<>(RecordSchema.maps());

    private List<String> access(Query.Filter filter) {
        Explanation explanation = queries.explain(filter);
        assertThat(explanation.isScan()).isFalse();
        assertThat(explanation.share()).isBetween(0.0, 1.0);
        return explanation.access();
    }

    @Test
    void explain_eachSortOfAccess_namesIt() {
        assertThat(access(Query.equal("metadata.zone", 17))).containsExactly("metadata.zone = 17");
        assertThat(access(Query.equal("s", "a", 1.5, true)))
                .containsExactlyInAnyOrder("s = \"a\"", "s = 1.5", "s = true");
        assertThat(access(Query.equal("t", "2026-01-01T00:00:00Z")))
                .containsExactly("t = \"2026-01-01T00:00:00Z\"", "t = 2026-01-01T00:00:00Z");
        assertThat(access(Query.equal("l", List.of(List.of(1))))).containsExactly("l is a list");
        assertThat(access(Query.equal("m", Map.of("k", 1)))).containsExactly("m is a map");
        assertThat(access(Query.contains("l", 1, "a"))).containsExactly("l has 1", "l has \"a\"", "l is a string");
        assertThat(access(Query.startsWith("s", "ab"))).containsExactly("s begins with \"ab\"");
        assertThat(access(Query.startsWith("s", ""))).containsExactly("s is a string");
        assertThat(access(Query.endsWith("s", "ab"))).containsExactly("s is a string");
        assertThat(access(Query.between("x", 1, 2))).containsExactly("x in [1.0, 2.0]");
        assertThat(access(Query.greaterThan("x", 1))).containsExactly("x in [1.0, -]");
        assertThat(access(Query.lessThan("s", "b"))).containsExactly("s in [-, \"b\"]");
        assertThat(access(Query.lessThan("s", "2026-01-01T00:00:00Z")))
                .containsExactly("s in [-, \"2026-01-01T00:00:00Z\"]", "s in [-, 2026-01-01T00:00:00Z]");
        assertThat(access(Query.isNull("x"))).containsExactly("x is null");
        assertThat(access(Query.notEqual("x", 1))).containsExactly("x is not null");
        assertThat(access(Query.elemMatch("l", Query.equal("x", 1)))).containsExactly("l is a list");
    }

    @Test
    void explain_severalRanges_namesThemTogether() {
        assertThat(access(Query.and(Query.between("x", 1, 2), Query.between("y", 3, 4))))
                .containsExactly("x in [1.0, 2.0] and y in [3.0, 4.0]");
        assertThat(access(Query.and(Query.greaterThan("x", 1), Query.lessThan("x", 2))))
                .containsExactly("x in [1.0, 2.0]");
    }

    @Test
    void explain_withASchema_looksUpOnlyWhatTheAttributeHolds() {
        StandingQueries<String, String> typed = new StandingQueries<>(RecordSchema.<String>builder()
                .attribute("text", QuerySchema.Kind.STRING, text -> text)
                .timestamp("at", String::length)
                .build());
        String time = "2026-01-01T00:00:00Z";

        assertThat(typed.explain(Query.equal("text", time)).access()).containsExactly("text = \"" + time + "\"");
        assertThat(typed.explain(Query.equal("at", time)).access()).containsExactly("at = 2026-01-01T00:00:00Z");
        assertThat(typed.explain(Query.greaterThan("at", time)).access())
                .containsExactly("at in [2026-01-01T00:00:00Z, -]");
        assertThat(typed.explain(Query.equal("text", (Object) null)))
                .hasToString("asked of no record")
                .isEqualTo(new Explanation(List.of(), false, 0, 0, List.of()));
    }

    @Test
    void explain_afterRecords_saysHowOftenTheyHadIt() {
        for (int i = 0; i < 64; i++) {
            String status = i < 40 ? "online" : "away";
            queries.match(null, Map.of("status", status, "metadata", Map.of("zone", i)), (s, before, after) -> {});
        }
        Query.Filter filter = Query.and(Query.equal("status", "online"), Query.equal("metadata.zone", 99));
        Explanation explanation = queries.explain(filter);

        assertThat(explanation.access()).containsExactly("metadata.zone = 99");
        assertThat(explanation.sample()).isEqualTo(64);
        assertThat(explanation.share()).isBetween(0.0, 0.001);
        assertThat(explanation.rejected()).hasSize(1);
        assertThat(explanation.rejected().get(0).share()).isBetween(0.6, 0.61);
        assertThat(explanation)
                .hasToString("metadata.zone = 99: in about 0.0 % of records, judged by 64"
                        + "\nrather than status = \"online\": in about 60.6 % of records, judged by 64");
        assertThat(queries.stats().queries()).as("explaining adds nothing").isZero();
    }

    @Test
    void toString_anyLocale_isTheSame() {
        Locale before = Locale.getDefault();
        Explanation explanation = new Explanation(List.of("a", "b"), false, 0.123, 10, List.of());
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(explanation).hasToString("a or b: in about 12.3 % of records, judged by 10");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void explain_whatIsAskedAlwaysOrNever_saysSo() {
        assertThat(queries.explain(Query.everything()))
                .hasToString("asked of every record")
                .isEqualTo(new Explanation(List.of(), true, 1, 0, List.of()));
        assertThat(queries.explain(Query.nothing()))
                .hasToString("asked of no record")
                .isEqualTo(new Explanation(List.of(), false, 0, 0, List.of()));
    }

    @Test
    void explain_aLongOperand_isCutOff() {
        assertThat(access(Query.equal("s", "x".repeat(10_000))).get(0)).hasSizeLessThan(100);
    }
}

package io.presence.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class StandingQueriesTest {

    private static final Query.Filter ONLINE = Query.equal("status", "online");
    private static final Map<String, ?> RECORD = Map.of("status", "online", "n", 7);
    private static final Map<String, ?> AWAY = Map.of("status", "away", "n", 7);

    private final StandingQueries<Map<String, ?>, String> queries = new StandingQueries<>(RecordSchema.maps());

    private List<String> match(Map<String, ?> before, Map<String, ?> after) {
        List<String> matched = new ArrayList<>();
        queries.match(
                before,
                after,
                (subscriber, matchedBefore, matchesAfter) ->
                        matched.add(subscriber + (matchedBefore ? " before" : "") + (matchesAfter ? " after" : "")));
        return matched;
    }

    @Test
    void match_aChange_showsBothStates() {
        queries.add(ONLINE, "online");
        queries.add(Query.equal("n", 7), "seven");
        queries.add(Query.equal("n", 8), "eight");

        assertThat(match(null, RECORD)).containsExactlyInAnyOrder("online after", "seven after");
        assertThat(match(RECORD, AWAY)).containsExactlyInAnyOrder("online before", "seven before after");
        assertThat(match(AWAY, null)).containsExactly("seven before");
        assertThat(match(null, null)).isEmpty();
    }

    @Test
    void add_theSameSubscriberTwice_isTwoSubscriptions() {
        Handle<String> first = queries.add(ONLINE, "ada");
        queries.add(ONLINE, "ada");
        queries.add(Query.equal("n", 7), "ada");

        assertThat(match(null, RECORD)).containsExactly("ada after", "ada after", "ada after");
        assertThat(queries.stats()).isEqualTo(new StandingQueries.Stats(3, 2, 0, 2, 2));
        queries.remove(first);
        assertThat(match(null, RECORD)).containsExactly("ada after", "ada after");
    }

    @Test
    void remove_anyOfManySubscribersOfOneQuery_leavesTheOthers() {
        List<Handle<String>> handles = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            handles.add(queries.add(ONLINE, "s" + i));
        }
        for (int i = 0; i < 50; i++) {
            queries.remove(handles.get(i * 7 % 50));
            assertThat(match(null, RECORD)).hasSize(49 - i).doesNotContain("s" + i * 7 % 50 + " after");
        }
        assertThat(queries.stats().queries()).isZero();
    }

    @Test
    void remove_twice_doesNothing() {
        Handle<String> handle = queries.add(ONLINE, "a");
        queries.add(ONLINE, "b");
        queries.remove(handle);
        queries.remove(handle);

        assertThat(queries.stats().subscribers()).isEqualTo(1);
        assertThat(match(null, RECORD)).containsExactly("b after");
    }

    @Test
    void remove_aHandleOfOtherQueries_isRefused() {
        StandingQueries<Map<String, ?>, String> others = new StandingQueries<>(RecordSchema.maps());
        Handle<String> handle = others.add(ONLINE, "a");

        assertThatThrownBy(() -> queries.remove(handle))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("handle must be of these queries");
        assertThat(others.stats().subscribers()).isEqualTo(1);
    }

    @Test
    void remove_aHandleOfAnotherClass_isRefused() {
        Handle<String> handle = () -> "a";

        assertThatThrownBy(() -> queries.remove(handle))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("handle must be of these queries");
        assertThatThrownBy(() -> queries.explain(handle)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void match_aVisitorThatThrows_leavesTheIndexUsable() {
        queries.add(ONLINE, "a");
        queries.add(ONLINE, "b");
        queries.add(Query.equal("n", 7), "c");
        IllegalStateException failure = new IllegalStateException("visitor");

        for (Map<String, ?> after : List.of(RECORD, AWAY)) {
            assertThatThrownBy(() -> queries.match(RECORD, after, (subscriber, before, now) -> {
                        throw failure;
                    }))
                    .isSameAs(failure);
            assertThat(match(RECORD, after)).hasSize(3);
            assertThat(match(null, RECORD)).containsExactlyInAnyOrder("a after", "b after", "c after");
        }
    }

    @Test
    void match_aReaderThatThrows_leavesTheIndexUsable() {
        RecordSchema<String> schema = RecordSchema.<String>builder()
                .attribute("length", QuerySchema.Kind.NUMBER, text -> 10 / text.length())
                .build();
        StandingQueries<String, String> byLength = new StandingQueries<>(schema);
        byLength.add(Query.equal("length", 5), "a");
        List<String> matched = new ArrayList<>();

        assertThatThrownBy(() -> byLength.match("ab", "", (subscriber, before, after) -> matched.add(subscriber)))
                .isInstanceOf(ArithmeticException.class);
        byLength.match(null, "ab", (subscriber, before, after) -> matched.add(subscriber));
        assertThat(matched).containsExactly("a");
    }

    @Test
    void match_aVisitorThatChangesOrMatches_isRefused() {
        Handle<String> handle = queries.add(ONLINE, "a");

        assertRefusedWithin(() -> queries.add(ONLINE, "b"));
        assertRefusedWithin(() -> queries.remove(handle));
        assertRefusedWithin(() -> queries.match(null, RECORD, (subscriber, before, after) -> {}));
        assertThat(queries.stats().subscribers()).isEqualTo(1);
        assertThat(match(null, RECORD)).containsExactly("a after");
    }

    private void assertRefusedWithin(ThrowingCallable call) {
        List<String> matched = new ArrayList<>();
        queries.match(null, RECORD, (subscriber, before, after) -> {
            assertThatThrownBy(call).isInstanceOf(IllegalStateException.class);
            matched.add(subscriber);
        });
        assertThat(matched).containsExactly("a");
    }

    @Test
    void add_null_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> queries.add(ONLINE, null));
        assertThatNullPointerException().isThrownBy(() -> queries.add(null, "a"));
        assertThatNullPointerException()
                .isThrownBy(() -> queries.match(null, RECORD, null))
                .withMessage("visitor must not be null");
        assertThat(queries.stats()).isEqualTo(new StandingQueries.Stats(0, 0, 0, 0, 0));
    }

    @Test
    void add_aFilterThatDoesNotFitTheSchema_isRefusedAndLeavesNothing() {
        StandingQueries<String, String> typed = new StandingQueries<>(RecordSchema.<String>builder()
                .attribute("text", QuerySchema.Kind.STRING, text -> text)
                .build());
        Query.Filter unknown = Query.and(Query.equal("text", "a"), Query.equal("other", 1));

        assertThatThrownBy(() -> typed.add(unknown, "a")).isInstanceOf(QueryException.class);
        assertThatThrownBy(() -> typed.explain(unknown)).isInstanceOf(QueryException.class);
        assertThat(typed.stats().subscribers()).isZero();
    }

    @Test
    void match_afterAnElemMatchIsGone_findsNothingLeftOfItsElements() {
        Handle<String> handle = queries.add(Query.elemMatch("list", Query.equal("x", 1), Query.isNotNull("y")), "a");
        assertThat(match(null, Map.of("list", List.of(Map.of("x", 1, "y", 2))))).hasSize(1);
        queries.remove(handle);
        queries.add(Query.isNull("p"), "no p");
        queries.add(Query.isNull("q"), "no q");
        queries.add(Query.isNull("r"), "no r");

        assertThat(match(null, RECORD)).containsExactlyInAnyOrder("no p after", "no q after", "no r after");
    }
}

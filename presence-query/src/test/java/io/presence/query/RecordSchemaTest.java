package io.presence.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.query.QuerySchema.Kind;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordSchemaTest {

    private record Player(String name, Map<String, ?> position, long joinedAt) {}

    private static final RecordSchema<Player> PLAYERS = RecordSchema.<Player>builder()
            .attribute("name", Kind.STRING, Player::name)
            .attribute("position", Kind.OBJECT, Player::position)
            .timestamp("joined.at", Player::joinedAt)
            .build();
    private static final Player ADA = new Player("ada", Map.of("x", 5), -1);

    private static boolean test(Query.Filter filter, Player player) {
        boolean holds = CompiledQuery.compile(filter, PLAYERS).test(player);
        assertThat(holds).isEqualTo(Interpreter.matches(filter, PLAYERS.attributes(player)));
        return holds;
    }

    @Test
    void reader_ofARecord_readsItsAttributes() {
        assertThat(test(Query.equal("name", "ada"), ADA)).isTrue();
        assertThat(test(Query.lessThan("position.x", 6), ADA)).isTrue();
        assertThat(test(Query.isNull("position.y"), ADA)).isTrue();
        assertThat(test(Query.isNull("name"), new Player(null, Map.of(), 0))).isTrue();
        assertThat(test(Query.equal("joined\\.at", Instant.ofEpochMilli(-1)), ADA))
                .isTrue();
        assertThat(test(Query.lessThan("joined\\.at", Instant.ofEpochMilli(-1)), ADA))
                .isFalse();
        assertThat(test(Query.between("joined\\.at", Instant.ofEpochMilli(-2), Instant.EPOCH), ADA))
                .isTrue();
        assertThat(PLAYERS.attributes(ADA).get(AttributePath.of("joined.at"))).isEqualTo(Instant.ofEpochMilli(-1));
    }

    @Test
    void reader_ofAnUnknownAttribute_isRefused() {
        Query.Filter unknown = Query.equal("level", 1);
        Attributes ada = PLAYERS.attributes(ADA);

        Refusals.assertRefused(
                () -> CompiledQuery.compile(unknown, PLAYERS),
                QueryException.Code.UNKNOWN_ATTRIBUTE,
                "$.attribute",
                "attribute must be one of name, position, joined.at: \"level\"");
        assertThatThrownBy(() -> CompiledQuery.compile(Query.equal("name.first", "a"), PLAYERS))
                .isInstanceOf(QueryException.class);
        assertThatThrownBy(() -> PLAYERS.check(List.of(unknown))).isInstanceOf(QueryException.class);
        assertThatThrownBy(() -> PLAYERS.check(Query.equal("name.first", "a"))).isInstanceOf(QueryException.class);
        assertThatThrownBy(() -> ada.get(AttributePath.of("level"))).isInstanceOf(QueryException.class);
    }

    @Test
    void builder_anAttributeTwice_isRefused() {
        RecordSchema.Builder<Player> builder = RecordSchema.<Player>builder().timestamp("at", Player::joinedAt);

        assertThatThrownBy(() -> builder.attribute("at", Kind.STRING, Player::name))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatNullPointerException().isThrownBy(() -> builder.attribute("name", Kind.STRING, null));
        assertThatNullPointerException().isThrownBy(() -> builder.timestamp("other", null));
    }

    @Test
    void build_builderChangedLater_isUnchanged() {
        RecordSchema.Builder<Player> builder = RecordSchema.builder();
        RecordSchema<Player> empty = builder.build();
        builder.attribute("name", Kind.STRING, Player::name);

        assertThatThrownBy(() -> empty.check(Query.isNull("name"))).isInstanceOf(QueryException.class);
    }

    @Test
    void maps_ofAnyKeys_haveAnAttributeForEach() {
        Map<String, Object> record = new HashMap<>(Map.of("a", Map.of("b", 1), "a.b", 2));
        record.put("c", null);
        CompiledQuery<Map<String, ?>> query = CompiledQuery.compile(
                Query.and(Query.equal("a.b", 1), Query.equal("a\\.b", 2), Query.isNull("c"), Query.isNull("d")),
                RecordSchema.maps());

        assertThat(query.test(record)).isTrue();
        assertThat(query.size()).isEqualTo(4);
        assertThat(query.test(Map.of())).isFalse();
        assertThatNullPointerException().isThrownBy(() -> query.test(null)).withMessage("record must not be null");
    }
}

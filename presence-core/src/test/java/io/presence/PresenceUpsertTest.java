package io.presence;

import static io.presence.RefusalAssertions.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresenceUpsertTest {

    private static final String CHARACTERS = " must be printable ASCII without space, \", / and \\ (see Ids.escape): ";
    private static final String LENGTH = " must be 1 to 128 characters: ";
    private static final PresenceUpsert BASE = PresenceUpsert.of("tab-1", "ada", "online");

    @Provide
    Arbitrary<String> ids() {
        return GrammarArbitraries.presenceIds();
    }

    @Property(tries = 300)
    void of_anyLegalId_isAccepted(@ForAll("ids") String id) {
        assertThat(PresenceUpsert.of(id, "online").presenceId()).isEqualTo(id);
    }

    @Test
    void of_always_leavesOptionalFieldsUnset() {
        PresenceUpsert upsert = PresenceUpsert.of("tab-1", "online");
        assertThat(upsert.presenceId()).isEqualTo("tab-1");
        assertThat(upsert.status()).isEqualTo("online");
        assertThat(upsert.userId()).isNull();
        assertThat(upsert.source()).isNull();
        assertThat(upsert.metadata()).isEmpty();
        assertThat(upsert.permissions()).isNull();
        assertThat(upsert.expiresIn()).isNull();
        assertThat(upsert.expiresAt()).isNull();
        assertThat(BASE.userId()).isEqualTo("ada");
    }

    @Test
    void idle_ofSeveralRungs_isAnImmutableLadderInOrder() {
        PresenceUpsert laddered = BASE.idle(Duration.ofSeconds(1), "away").idle(Duration.ofDays(30), "gone");
        assertThat(laddered.idleLadder())
                .hasToString("{PT1S=away, PT720H=gone}")
                .isUnmodifiable();
        assertThat(BASE.idleLadder()).isEmpty();
        assertThat(laddered.source("web").shared().idleLadder()).isEqualTo(laddered.idleLadder());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b", " a", "a/b", "a\"", "a\\b", "ä", "aä", "a\u0000", "a\n", "a\u007f", "a\ud83d", "\u00a0"})
    void of_illegalId_isRefused(String id) {
        String shown = "\"" + id.replaceAll("[\\x00-\\x1f\\x7f]", "?") + "\"";
        assertRefused("presenceId" + CHARACTERS + shown, () -> PresenceUpsert.of(id, "online"));
        assertRefused("userId" + CHARACTERS + shown, () -> PresenceUpsert.of("tab-1", id, "online"));
    }

    @Test
    void of_idOf128Characters_isAccepted() {
        String longest = "._-~".repeat(32);
        assertThat(PresenceUpsert.of(longest, longest, "online").userId()).isEqualTo(longest);
        assertRefused("presenceId" + LENGTH + "129", () -> PresenceUpsert.of("._-".repeat(43), "online"));
        /* One that has a user may be longer. */
        String scoped = PresenceId.of("._-", longest.substring(4) + "x");
        assertThat(scoped).isEqualTo(longest + "x").hasSize(129);
        assertThat(PresenceUpsert.of(scoped, "online").presenceId()).isEqualTo(scoped);
        assertRefused("userId" + LENGTH + "129", () -> PresenceUpsert.of("tab-1", longest + "x", "online"));
        assertRefused("presenceId" + LENGTH + "0", () -> PresenceUpsert.of("", "online"));
        assertRefused("userId" + LENGTH + "0", () -> PresenceUpsert.of("tab-1", "", "online"));
    }

    @Test
    void of_reservedWordAsUser_isAccepted() {
        assertThat(PresenceUpsert.of("tab-1", "delete", "online").userId()).isEqualTo("delete");
    }

    @Test
    void texts_outsideOneTo255CodePoints_areRefused() {
        String longest = "\ud83d\ude00".repeat(255);
        assertThat(PresenceUpsert.of("tab-1", longest).source(longest).status()).isEqualTo(longest);
        assertThat(PresencePatch.none().status(longest).source("x").status()).isEqualTo(longest);
        assertRefused("status must be 1 to 255 characters: 0", () -> PresenceUpsert.of("tab-1", ""));
        assertRefused("status must be 1 to 255 characters: 256", () -> PresenceUpsert.of("tab-1", longest + "x"));
        assertRefused(
                "status must be 1 to 255 characters: 300",
                () -> PresencePatch.none().status("x".repeat(300)));
        assertRefused(
                "status must be 1 to 255 characters: 0",
                () -> PresencePatch.none().status(""));
        assertRefused("source must be 1 to 255 characters: 0", () -> BASE.source(""));
        assertRefused("source must be 1 to 255 characters: 256", () -> BASE.source(longest + "x"));
        assertRefused(
                "source must be 1 to 255 characters: 256",
                () -> PresencePatch.none().source(longest + "x"));
    }

    @Test
    void expiresIn_zeroOrNegative_isRefused() {
        assertThat(BASE.expiresIn(Duration.ofNanos(1)).expiresIn()).isEqualTo(Duration.ofNanos(1));
        assertRefused("expiresIn must be positive: PT0S", () -> BASE.expiresIn(Duration.ZERO));
        assertRefused("expiresIn must be positive: PT-1S", () -> BASE.expiresIn(Duration.ofSeconds(-1)));
        assertRefused(
                "expiresIn must be positive: PT0S", () -> PresencePatch.none().expiresIn(Duration.ZERO));
    }

    @Test
    void expiresInAndExpiresAt_setInTurn_replaceEachOther() {
        PresenceUpsert in = BASE.expiresAt(Instant.EPOCH).expiresIn(Duration.ofSeconds(5));
        assertThat(in.expiresIn()).isEqualTo(Duration.ofSeconds(5));
        assertThat(in.expiresAt()).isNull();
        PresenceUpsert at = BASE.expiresIn(Duration.ofSeconds(5)).expiresAt(Instant.EPOCH);
        assertThat(at.expiresIn()).isNull();
        assertThat(at.expiresAt()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void setters_always_changeACopyAndKeepTheOtherFields() {
        PresenceUpsert all = BASE.source("web")
                .metadata(Map.of("a", 1))
                .permissions(Permission.read(Role.any()))
                .expiresIn(Duration.ofSeconds(5));
        assertThat(BASE.source()).isNull();
        assertThat(BASE.metadata()).isEmpty();
        assertThat(BASE.permissions()).isNull();
        assertThat(BASE.expiresIn()).isNull();
        for (PresenceUpsert same : List.of(
                all,
                all.source("web"),
                all.metadata(Map.of("a", 1)),
                all.permissions(List.of(Permission.read(Role.any()))),
                all.expiresIn(Duration.ofSeconds(5)))) {
            assertThat(same).usingRecursiveComparison().isEqualTo(all);
        }
        assertThat(all.presenceId()).isEqualTo("tab-1");
        assertThat(all.userId()).isEqualTo("ada");
        assertThat(all.status()).isEqualTo("online");
        assertThat(all.source()).isEqualTo("web");
        assertThat(all.metadata()).isEqualTo(Map.of("a", 1));
        assertThat(all.permissions()).containsExactly(Permission.read(Role.any()));
    }

    @Test
    void sharedAndUnheld_setInTurn_replaceEachOther() {
        assertThat(BASE.isShared() || BASE.isUnheld()).isFalse();
        PresenceUpsert shared = BASE.unheld().shared();
        assertThat(shared.isShared() && !shared.isUnheld()).isTrue();
        PresenceUpsert unheld = BASE.shared().unheld();
        assertThat(unheld.isUnheld() && !unheld.isShared()).isTrue();
    }

    @Test
    void setters_null_isRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> BASE.expiresAt(null))
                .withMessage("expiresAt must not be null");
        assertThatNullPointerException().isThrownBy(() -> BASE.expiresIn(null));
        assertThatNullPointerException().isThrownBy(() -> BASE.source(null));
        assertThatNullPointerException().isThrownBy(() -> BASE.metadata(null));
        assertThatNullPointerException().isThrownBy(() -> BASE.permissions((List<Permission>) null));
        assertThatNullPointerException().isThrownBy(() -> PresenceUpsert.of(null, "online"));
        assertThatNullPointerException().isThrownBy(() -> PresenceUpsert.of("tab-1", null, "online"));
        assertThatNullPointerException().isThrownBy(() -> PresenceUpsert.of("tab-1", null));
    }

    @Test
    void equals_upsertsWithEqualParts_isTrue() {
        Map<String, Object> ordered = new LinkedHashMap<>();
        ordered.put("a", 1);
        ordered.put("b", List.of(2));
        Map<String, Object> reversed = new LinkedHashMap<>();
        reversed.put("b", List.of(2));
        reversed.put("a", 1);
        PresenceUpsert one =
                BASE.metadata(ordered).expiresIn(Duration.ofSeconds(1)).ifAbsent();
        PresenceUpsert other =
                BASE.metadata(reversed).expiresIn(Duration.ofSeconds(1)).ifAbsent();
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(BASE.idle(Duration.ofMinutes(1), "away")).isEqualTo(BASE.idle(Duration.ofMinutes(1), "away"));
    }

    @Test
    void equals_upsertsThatDifferInOnePart_isFalse() {
        List<PresenceUpsert> different = List.of(
                BASE,
                PresenceUpsert.of("other", BASE.status()),
                PresenceUpsert.of(BASE.presenceId(), "bob", BASE.status()),
                PresenceUpsert.of(BASE.presenceId(), "other"),
                BASE.source("web"),
                BASE.metadata(Map.of("a", 1)),
                BASE.permissions(List.of()),
                BASE.expiresIn(Duration.ofSeconds(1)),
                BASE.expiresAt(Instant.EPOCH),
                BASE.ifAbsent(),
                BASE.ifVersion(Version.of(0, 0)),
                BASE.shared(),
                BASE.unheld(),
                BASE.idle(Duration.ofMinutes(1), "away"));
        assertThat(different).doesNotHaveDuplicates();
        assertThat(BASE.equals(new Object())).isFalse();
    }

    @Test
    void toString_always_hasNoMetadata() {
        assertThat(PresenceUpsert.of("tab-1", "ada", "online").metadata(Map.of("secret", 1)))
                .hasToString("PresenceUpsert[tab-1, userId=ada, status=online]");
    }
}

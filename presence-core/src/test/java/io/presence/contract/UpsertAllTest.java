package io.presence.contract;

import static io.presence.PresenceException.Code.DENIED;
import static io.presence.PresenceException.Code.ID_UNAVAILABLE;
import static io.presence.PresenceException.Code.SCOPE_MISSING;
import static io.presence.PresenceException.Code.STORE_CLOSED;
import static io.presence.PresenceException.Code.STORE_FULL;
import static io.presence.PresenceException.Code.VERSION_CONFLICT;
import static io.presence.contract.ErrorCodes.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.presence.Permission;
import io.presence.PresenceException;
import io.presence.PresenceException.Code;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Principal;
import io.presence.Role;
import io.presence.WriteResult.Attempt;
import io.presence.WriteResult.Outcome;
import io.presence.fixture.Promise;
import io.presence.fixture.TestStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several upserts in one call. */
class UpsertAllTest {

    private final TestStore test = TestStore.create(builder -> builder.maxPresences(3));
    private final Presences ada = test.user("ada");

    @AfterEach
    void close() {
        test.close();
    }

    private static PresenceUpsert online(String id) {
        return PresenceUpsert.of(id, "online");
    }

    private static Code code(Attempt attempt) {
        return ((PresenceException) attempt.refusal()).code();
    }

    @Test
    @Promise("upsert-all")
    void upsertAll_ofGoodAndBad_makesEachAsUpsertDoes() {
        test.store().upsert(PresenceUpsert.of("bobs", "bob", "online"));
        List<PresenceUpsert> upserts = List.of(
                online("a"),
                online("bobs"),
                online("a").ifAbsent(),
                online("b").permissions(Permission.read(Role.label("vip"))),
                online("b").expiresIn(Duration.ofDays(365)),
                PresenceUpsert.of("a", "away"),
                PresenceUpsert.of("a", "away"),
                online("b"),
                online("c"));
        List<Attempt> attempts = ada.upsertAll(upserts);

        assertThat(attempts).extracting(Attempt::upsert).isEqualTo(upserts);
        assertThat(attempts.get(0).orThrow().outcome()).isEqualTo(Outcome.CREATED);
        assertThat(code(attempts.get(1))).isEqualTo(ID_UNAVAILABLE);
        assertThat(code(attempts.get(2))).isEqualTo(VERSION_CONFLICT);
        assertThat(code(attempts.get(3))).isEqualTo(DENIED);
        assertThat(attempts.get(4).refusal())
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expiresIn must be");
        assertThat(attempts.get(5).orThrow().outcome()).isEqualTo(Outcome.REPLACED);
        assertThat(attempts.get(6).orThrow().outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(attempts.get(7).orThrow().presence()).isSameAs(test.store().get("b"));
        assertThat(code(attempts.get(8))).isEqualTo(STORE_FULL);
        assertRefused(STORE_FULL, () -> attempts.get(8).orThrow());
        assertThat(attempts).isUnmodifiable();
        assertThat(attempts).as("read twice").isEqualTo(List.copyOf(attempts));
        assertThat(test.store().get("a").status()).isEqualTo("away");
        assertThat(ada.upsertAll(List.of())).isEmpty();
    }

    @Test
    void upsertAll_withNull_makesNone() {
        assertThatNullPointerException()
                .isThrownBy(() -> ada.upsertAll(Arrays.asList(online("a"), null)))
                .withMessage("upserts[1] must not be null");
        assertThatNullPointerException().isThrownBy(() -> ada.upsertAll(null)).withMessage("upserts must not be null");
        assertThat(test.store().count()).isZero();
    }

    @Test
    void upsertAll_withoutScopeOrStore_isRefusedAsAWhole() {
        Presences guest = test.store().as(Principal.guest().build());
        assertRefused(SCOPE_MISSING, () -> guest.upsertAll(List.of(online("a"))));
        test.store().close();
        assertRefused(STORE_CLOSED, () -> ada.upsertAll(List.of(online("a"))));
    }

    @Test
    void attempt_withBothOrNeither_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Attempt(online("a"), null, null))
                .withMessage("result or refusal must be null, and not both: a");
    }
}

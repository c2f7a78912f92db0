package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Permission;
import io.presence.PresenceException;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Role;
import io.presence.fixture.TestStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The heartbeats of several presences in one call, and the callers whose heartbeats have no effect. */
class TouchAllTest {

    private static final Duration TTL = Duration.ofSeconds(10);
    private static final Duration HALF = TTL.dividedBy(2);

    private final TestStore test = TestStore.create();
    private final PresenceStore store = test.store();

    @AfterEach
    void close() {
        test.close();
    }

    private static PresenceUpsert upsert(String id) {
        return PresenceUpsert.of(id, "ada", "online").expiresIn(TTL);
    }

    /** More than are read ahead at once, and not a multiple of that. */
    private static List<String> ids() {
        return new ArrayList<>(
                IntStream.range(0, 37).mapToObj(number -> "p-" + number).toList());
    }

    private void assertTouched(List<String> ids) {
        test.pass(HALF);
        test.pass(HALF.minusNanos(1));
        assertThat(ids).allMatch(id -> store.get(id) != null);
        assertThat(store.count()).isEqualTo(ids.size());
    }

    @Test
    void touchAll_ofAList_extendsEachAndReturnsTheirNumber() {
        List<String> ids = ids();
        ids.forEach(id -> store.upsert(upsert(id)));
        store.upsert(upsert("other"));
        test.pass(HALF);
        List<String> more = new ArrayList<>(ids);
        more.add(0, "absent");
        more.add("absent");

        assertThat(store.touchAll(more)).isEqualTo(ids.size());
        assertTouched(ids);
    }

    @Test
    void touchAll_ofACollectionWithoutRandomAccess_isTheSame() {
        List<String> ids = ids();
        ids.forEach(id -> store.upsert(upsert(id)));
        test.pass(HALF);

        assertThat(store.touchAll(new LinkedHashSet<>(ids))).isEqualTo(ids.size());
        assertTouched(ids);
        assertThat(store.touchAll(new LinkedList<>(ids))).isEqualTo(ids.size());
        assertTouched(ids);
        assertThat(store.touchAll(new LinkedHashSet<>(List.of("absent")))).isZero();
    }

    @Test
    void touchAll_ofNone_isZero() {
        assertThat(store.touchAll(List.of())).isZero();
        assertThat(store.touchAll(new LinkedList<>())).isZero();
    }

    @Test
    void touch_byReadersWhoMayNotUpdate_hasNoEffect() {
        store.upsert(upsert("hidden"));
        store.upsert(upsert("shown").permissions(Permission.read(Role.any())));
        store.upsert(upsert("shared").permissions(Permission.read(Role.any()), Permission.update(Role.any())));
        Presences bob = test.user("bob");
        test.pass(HALF);

        assertThat(bob.touch("hidden")).isFalse();
        assertThatThrownBy(() -> bob.touch("shown")).isInstanceOf(PresenceException.class);
        assertThat(bob.touchAll(List.of("hidden", "shown", "shared"))).isEqualTo(1);
        assertThat(bob.touch("shared")).isTrue();
        test.pass(HALF);
        assertThat(store.get("hidden")).isNull();
        assertThat(store.get("shown")).isNull();
        assertThat(store.get("shared")).isNotNull();
    }
}

package io.presence.contract;

import static io.presence.fixture.Allocations.CALLS;
import static io.presence.fixture.Allocations.allocated;
import static io.presence.fixture.Allocations.assertAllocatesNothing;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Permission;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Principal;
import io.presence.Role;
import io.presence.fixture.Promise;
import io.presence.query.Query;
import io.presence.session.PresenceSession;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The allocation of heartbeats and reads: none, compiled or not. */
class HotPathAllocationTest {

    private long nanos;
    private PresenceStore store;
    private Presences owner;
    private Presences granted;
    private Presences stranger;
    /* Keeps what was made, so that the compiler can't do without making it. */
    private volatile Object kept;

    /* Every reading of the clock is later, so that each heartbeat moves the deadline. */
    @BeforeEach
    void open() {
        store = PresenceStore.builder()
                .callerDriven()
                .nanoClock(() -> nanos++)
                .wallClock(new ManualClock())
                .build();
        owner = store.as(Principal.user("ada").build());
        granted = store.as(Principal.user("bob").team("blue", "dev").build());
        stranger = store.as(Principal.user("eve").build());
        store.upsert(PresenceUpsert.of("p", "ada", "online")
                .permissions(
                        Permission.read(Role.user("x")),
                        Permission.read(Role.team("blue")),
                        Permission.update(Role.team("blue", "dev"))));
        store.doWork();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    @Promise("heartbeat-cost")
    void touch_always_allocatesNothing() {
        Duration ttl = Duration.ofSeconds(5);
        assertAllocatesNothing(() -> require(store.touch("p")));
        assertAllocatesNothing(() -> require(store.touch("p", ttl)));
        assertAllocatesNothing(() -> require(owner.touch("p")));
        assertAllocatesNothing(() -> require(granted.touch("p")));
        assertAllocatesNothing(() -> require(!stranger.touch("p")));
        assertAllocatesNothing(() -> require(!store.touch("q")));
    }

    @Test
    @Promise("session-heartbeat-cost")
    void touch_ofSession_allocatesNothing() {
        PresenceSession session = store.open(Principal.user("ada").build());
        PresenceSession other = store.open(Principal.user("ada").build());
        for (int i = 0; i < 8; i++) {
            session.upsert(PresenceUpsert.of("s" + i, "online").shared());
        }
        other.upsert(PresenceUpsert.of("s0", "online").shared());
        store.doWork();
        assertAllocatesNothing(() -> require(session.touch() == 8));
        assertAllocatesNothing(() -> require(session.touch("s1")));
        long before = nanos;
        session.touch();
        assertThat(nanos - before).as("readings of the clock").isEqualTo(1);
    }

    @Test
    @Promise("session-heartbeat-cost")
    void touchAll_ofListWithRandomAccess_allocatesNothing() {
        List<String> ids = List.of("p", "q", "p");
        assertAllocatesNothing(() -> require(store.touchAll(ids) == 2));
        assertAllocatesNothing(() -> require(owner.touchAll(ids) == 2));
        assertAllocatesNothing(() -> require(stranger.touchAll(ids) == 0));
        long before = nanos;
        store.touchAll(ids);
        assertThat(nanos - before).as("readings of the clock").isEqualTo(1);
        assertThat(store.touchAll(Set.of("p", "q"))).isEqualTo(1);
    }

    @Test
    @Promise("heartbeat-cost")
    void get_unlessHeartbeatMovedTheDeadline_allocatesNothing() {
        assertAllocatesNothing(() -> require(store.get("p") != null));
        assertAllocatesNothing(() -> require(owner.get("p") != null));
        assertAllocatesNothing(() -> require(granted.get("p") != null));
        assertAllocatesNothing(() -> require(stranger.get("p") == null));
        assertAllocatesNothing(() -> require(store.get("q") == null));

        nanos += 1_000_000_000L;
        store.touch("p");
        assertThat(allocated(() -> kept = store.get("p"))).isGreaterThanOrEqualTo(CALLS * 16L);
    }

    @Test
    void count_manyMatchesWithHeartbeats_allocatesNothingPerMatch() {
        Query online = Query.equal("status", "online");
        long forOne = allocated(() -> require(store.count(online) == 1));
        for (int i = 1; i < 20; i++) {
            store.upsert(PresenceUpsert.of("p" + i, "ada", "online"));
        }
        nanos += 1_000_000_000L;
        for (int i = 1; i < 20; i++) {
            store.touch("p" + i);
        }
        long forTwenty = allocated(() -> require(store.count(online) == 20));
        assertThat(forTwenty - forOne).isLessThan(CALLS * 19L * 8);
    }

    @Test
    void allocations_ofKnownSize_areCounted() {
        assertThat(allocated(() -> kept = new byte[16])).isGreaterThanOrEqualTo(CALLS * 32L);
    }

    private static void require(boolean expected) {
        if (!expected) {
            throw new AssertionError("the call must do what it is measured for");
        }
    }
}

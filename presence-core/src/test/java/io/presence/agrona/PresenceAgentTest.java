package io.presence.agrona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Channel;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.Subscription.CloseReason;
import io.presence.testing.RecordingListener;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.CompositeAgent;
import org.junit.jupiter.api.Test;

/** A store that the host drives by Agrona's own means. */
class PresenceAgentTest {

    private static PresenceStore store(String name) {
        return PresenceStore.builder().name(name).callerDriven().build();
    }

    private static AgentInvoker invoker(org.agrona.concurrent.Agent agent) {
        AgentInvoker invoker = new AgentInvoker(
                thrown -> {
                    throw new AssertionError("the agent must not throw", thrown);
                },
                null,
                agent);
        invoker.start();
        return invoker;
    }

    @Test
    void invoker_always_drivesAndClosesTheStore() {
        PresenceStore store = store("rooms");
        RecordingListener seen = RecordingListener.create();
        Subscription subscription = store.subscribe(Channel.presences(), seen);
        AgentInvoker invoker = invoker(new PresenceAgent(store));
        store.upsert(PresenceUpsert.of("p", "ada", "online"));
        assertThat(invoker.invoke()).isPositive();
        assertThat(seen.lines()).containsExactly("ENTER p online");
        assertThat(invoker.invoke()).isZero();
        store.upsert(PresenceUpsert.of("q", "ada", "online"));
        invoker.close();
        assertThat(seen.lines()).containsExactly("ENTER p online", "ENTER q online");
        assertThat(subscription.closeFuture().toCompletableFuture()).isCompletedWithValue(CloseReason.STORE_CLOSED);
    }

    @Test
    void composite_ofSeveralAgents_drivesEachStore() {
        PresenceStore one = store("one");
        PresenceStore two = store("two");
        RecordingListener seenOfOne = RecordingListener.create();
        RecordingListener seenOfTwo = RecordingListener.create();
        one.subscribe(Channel.presences(), seenOfOne);
        two.subscribe(Channel.presences(), seenOfTwo);
        AgentInvoker invoker = invoker(new CompositeAgent(new PresenceAgent(one), new PresenceAgent(two)));
        one.upsert(PresenceUpsert.of("p", "ada", "online"));
        two.upsert(PresenceUpsert.of("q", "ada", "away"));
        invoker.invoke();
        assertThat(seenOfOne.lines()).containsExactly("ENTER p online");
        assertThat(seenOfTwo.lines()).containsExactly("ENTER q away");
        assertThat(new CompositeAgent(new PresenceAgent(one), new PresenceAgent(two)).roleName())
                .contains("one")
                .contains("two");
        invoker.close();
        assertThat(one.doWork() + two.doWork()).isZero();
    }

    @Test
    void roleName_always_isTheNameOfTheStore() {
        try (PresenceStore store = store("rooms.eu-1")) {
            assertThat(new PresenceAgent(store).roleName()).isEqualTo("rooms.eu-1");
        }
    }

    @Test
    void doWork_ofStoreWithItsOwnThread_isRefused() {
        try (PresenceStore store = PresenceStore.builder().build()) {
            assertThatThrownBy(new PresenceAgent(store)::doWork)
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("doWork must be called on a caller-driven store: ");
        }
    }
}

package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.TestStore;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Listeners that can't hear a reset, with options that may lead to one. */
class ResetRefusedTest {

    private final TestStore test = TestStore.create();

    @AfterEach
    void close() {
        test.close();
    }

    /** One that hears by its superclass. */
    private static class Hears implements PresenceListener {
        @Override
        public void onEvent(PresenceEvent event) {}

        @Override
        public void onReset() {}
    }

    private static final class HearsByInheritance extends Hears {}

    private interface HearsByDefault extends PresenceListener {
        @Override
        default void onReset() {}
    }

    private static class Deaf implements PresenceListener {
        @Override
        public void onEvent(PresenceEvent event) {}

        @Override
        public void onSynced(long revision) {}
    }

    static List<PresenceListener> deaf() {
        PresenceListener.Batching batching = events -> {};
        return List.of(event -> {}, batching, new Deaf(), new Deaf() {});
    }

    static List<PresenceListener> hearing() {
        HearsByDefault lambda = event -> {};
        PresenceListener proxy = (PresenceListener) Proxy.newProxyInstance(
                ResetRefusedTest.class.getClassLoader(),
                new Class<?>[] {PresenceListener.class},
                (self, method, arguments) -> null);
        return List.of(new Hears(), new HearsByInheritance(), lambda, proxy);
    }

    private Subscription subscribe(SubscriptionOptions options, PresenceListener listener) {
        return test.store().subscribe(Channel.presences(), options, listener);
    }

    @ParameterizedTest
    @MethodSource("deaf")
    void subscribe_maxPendingWithoutOnReset_isRefused(PresenceListener listener) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> subscribe(SubscriptionOptions.defaults().maxPending(3), listener))
                .withMessageStartingWith(
                        "listener must override onReset() for maxPending, or the options must say ignoreResets(): ");
    }

    @ParameterizedTest
    @MethodSource("deaf")
    void subscribe_resumeFromWithoutOnReset_isRefused(PresenceListener listener) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> subscribe(SubscriptionOptions.defaults().resumeFrom("any"), listener))
                .withMessageContaining("onReset() for resumeFrom");
    }

    @ParameterizedTest
    @MethodSource("deaf")
    void subscribe_ignoringResets_acceptsAnyListener(PresenceListener listener) {
        subscribe(SubscriptionOptions.defaults().maxPending(3).resumeFrom("any").ignoreResets(), listener);
        test.drain();
        assertThat(test.store().stats().subscriptions()).isOne();
    }

    @ParameterizedTest
    @MethodSource("hearing")
    void subscribe_withOnReset_isAccepted(PresenceListener listener) {
        subscribe(SubscriptionOptions.defaults().maxPending(3), listener);
        subscribe(SubscriptionOptions.defaults().resumeFrom("any"), listener);
        test.drain();
        assertThat(test.store().stats().subscriptions()).isEqualTo(2);
    }

    @Test
    void subscribe_withDefaults_acceptsLambda() {
        subscribe(SubscriptionOptions.defaults().withSnapshot(), event -> {});
        test.drain();
        assertThat(test.store().stats().subscriptions()).isOne();
    }

    @Test
    void toString_ofNamedSubscription_showsTheName() {
        Subscription named = subscribe(SubscriptionOptions.defaults().name("ada.tab-1"), event -> {});
        assertThat(named).hasToString("subscription ada.tab-1 to presences as host");
    }
}

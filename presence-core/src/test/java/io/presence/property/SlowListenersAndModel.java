package io.presence.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceListener;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.Subscription.CloseReason;
import io.presence.SubscriptionOptions;
import io.presence.property.ModelRecord.Shown;
import io.presence.property.SubscriptionModel.Checkpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A {@link StoreAndModel} whose listeners are called late, by an executor that the test drives. */
final class SlowListenersAndModel {

    private static final int MOST_ROUNDS = 100_000;

    final StoreAndModel world;
    final ScriptedExecutor hand = new ScriptedExecutor();
    private final DispatchedChanges dispatched = new DispatchedChanges();
    private final Subscription neverSlow;
    private final List<SubscriptionModel> all = new ArrayList<>();
    private final List<Checkpoint> tokens = new ArrayList<>();

    /**
     * Starts.
     *
     * @param others how many presences there are that nobody changes
     */
    SlowListenersAndModel(int others, UnaryOperator<PresenceStoreBuilder> options) {
        world = new StoreAndModel(options);
        neverSlow = world.store.subscribe(
                Channel.presences(), SubscriptionOptions.defaults().onDispatcher(), dispatched);
        long life = Duration.ofDays(30).toMillis();
        for (int i = 0; i < others; i++) {
            PresenceUpsert upsert = PresenceUpsert.of("other" + i, "bob", i % 2 == 0 ? "online" : "away")
                    .expiresIn(Duration.ofMillis(life));
            world.store.upsert(upsert);
            world.model.upsert(ModelCaller.TRUSTED, upsert, life);
        }
        settle();
    }

    void subscribe(ObservedView sight, OptionsCase wish) {
        OptionsCase fit = sight.channel().action() == null ? wish : wish.forOneAction();
        boolean knows = fit.start() == OptionsCase.Start.NOW && sight.channel().action() == null;
        start(sight, fit, fit.options(hand), knows ? dispatched.seen(sight, Long.MAX_VALUE) : Map.of());
    }

    private void start(ObservedView sight, OptionsCase wish, SubscriptionOptions options, Map<String, Shown> known) {
        CheckedSlowListener view = new CheckedSlowListener(sight, known, wish.firstDemand());
        PresenceListener listener = wish.batching() ? view.batching() : view;
        Subscription made = sight.caller()
                .view(world.store)
                .subscribe(sight.channel(), options, listener, sight.asked().queries());
        all.add(new SubscriptionModel(made, view, wish));
    }

    /** Returns to where somebody was, as the same or as somebody else. */
    void resume(int which, @Nullable ModelCaller other, OptionsCase wish) {
        if (!tokens.isEmpty()) {
            Checkpoint token = tokens.get(which % tokens.size());
            ObservedView sight = other == null ? token.sight() : token.sight().of(other);
            start(sight, wish, wish.options(hand).resumeFrom(token.text()), token.assembled());
        }
    }

    void saveToken(SubscriptionModel slow) {
        if (slow.adds()) {
            tokens.add(slow.token());
        }
    }

    SubscriptionModel pick(int which) {
        return all.get(which % all.size());
    }

    void round() {
        world.store.doWork();
    }

    /** Goes on until nothing happens by itself. */
    void settle() {
        int idle = 0;
        for (int rounds = 0; idle < 2; rounds++) {
            idle = world.store.doWork() + hand.run(Integer.MAX_VALUE) > 0 ? 0 : idle + 1;
            assertThat(rounds).as("rounds until there is nothing to do").isLessThan(MOST_ROUNDS);
        }
    }

    void check() {
        world.checkFailures();
        all.forEach(slow -> slow.check(dispatched));
    }

    /** Delivers everything to each listener, and compares with the model. */
    void finish() {
        hand.mode = ScriptedExecutor.Mode.KEEP;
        all.forEach(slow -> {
            slow.view.throwsNext = false;
            slow.view.next = null;
            slow.resume();
            slow.request(Long.MAX_VALUE);
        });
        settle();
        check();
        all.stream().filter(slow -> !slow.view.isSilent()).forEach(this::checkIsUpToDate);
        hand.mode = ScriptedExecutor.Mode.RUN;
        List<SubscriptionModel> open =
                all.stream().filter(slow -> !slow.view.isSilent()).toList();
        world.store.close();
        check();
        open.forEach(slow -> assertThat(slow.view.closed).isEqualTo(CloseReason.STORE_CLOSED));
    }

    private void checkIsUpToDate(SubscriptionModel slow) {
        assertThat(slow.subscription.pendingCount()).as("lag").isZero();
        assertThat(slow.subscription.revision()).as("revision").isEqualTo(neverSlow.revision());
        if (slow.adds()) {
            Map<String, Shown> expected = new TreeMap<>();
            ObservedView sight = slow.view.wanted();
            world.model.list(sight.caller(), sight.asked()).stream()
                    .filter(sight::sees)
                    .forEach(record -> expected.put(record.id(), record.shown()));
            Map<String, Shown> seen = new TreeMap<>(slow.view.assembled);
            seen.keySet().removeIf(id -> !expected.containsKey(id) && world.isBetweenDeadlineAndTick(id));
            assertThat(seen).as("after all, as %s", sight).isEqualTo(expected);
        }
    }
}

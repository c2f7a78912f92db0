package io.presence.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Presence;
import io.presence.PresenceException;
import io.presence.PresencePage;
import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.Presences;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.WriteResult;
import io.presence.property.StoreModel.Outcome;
import io.presence.query.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The store and its model side by side, on one pair of hand-moved clocks, with the listeners that compare them. */
final class StoreAndModel {

    static final List<String> IDS = List.of("a", "c.d", "zz");
    private static final long TICK = 8;

    final StoreModel model = new StoreModel();
    final PresenceStore store;
    private final List<Throwable> failures = new ArrayList<>();
    private final List<CheckedListener> views = new ArrayList<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final boolean isPrompt;

    StoreAndModel(UnaryOperator<PresenceStoreBuilder> options) {
        this(options, true);
    }

    StoreAndModel(UnaryOperator<PresenceStoreBuilder> options, boolean isPrompt) {
        this.isPrompt = isPrompt;
        store = options.apply(PresenceStore.builder())
                .callerDriven()
                .defaultTtl(Duration.ofMillis(StoreModel.DEFAULT_TTL))
                .tick(Duration.ofMillis(TICK))
                .nanoClock(() -> model.now * 1_000_000)
                .wallClock(() -> Instant.ofEpochMilli(model.wall))
                .onListenerError((subscription, thrown) -> failed(thrown))
                .build();
    }

    private void failed(Throwable thrown) {
        if (!(thrown instanceof IntendedFailure)) {
            failures.add(thrown);
        }
    }

    void subscribe(ModelCaller caller, QueryCase asked, Channel channel) {
        CheckedListener view = new CheckedListener(model, caller, asked, channel, isPrompt);
        views.add(view);
        subscriptions.add(caller.view(store)
                .subscribe(channel, SubscriptionOptions.defaults().withSnapshot(), view, asked.queries()));
    }

    void closeSubscription(int which) {
        if (!views.isEmpty()) {
            int index = which % views.size();
            views.remove(index);
            subscriptions.remove(index).close();
        }
    }

    /** Does the same to both, and compares how it ends. */
    void both(ModelCaller caller, Function<Presences, @Nullable Object> store, Supplier<Outcome> model) {
        Outcome expected = model.get();
        try {
            Object result = store.apply(caller.view(this.store));
            Object answer = result instanceof WriteResult write ? write.presence() : result;
            assertThat(expected.refused())
                    .as("refused, but answered %s", answer)
                    .isNull();
            if (expected.answer() instanceof ModelRecord record) {
                assertThat(record.sameAs((Presence) answer, this.model.now, this.model.wall))
                        .as("%s is %s", answer, record)
                        .isTrue();
            } else {
                assertThat(answer).isEqualTo(expected.answer());
            }
        } catch (PresenceException refusal) {
            assertThat(refusal.code()).isEqualTo(expected.refused());
        }
    }

    void drain() {
        while (store.doWork() > 0) {
            /* Until there is nothing left to dispatch. */
        }
        checkFailures();
        views.forEach(view -> view.check(TICK));
        views.forEach(view -> assertThat(failures).isEmpty());
    }

    boolean isBetweenDeadlineAndTick(String id) {
        return model.isBetweenDeadlineAndTick(id, TICK);
    }

    void checkFailures() {
        assertThat(failures).as("what listeners found").isEmpty();
    }

    /** Compares every answer that depends on nothing but what was written and the clock. */
    void checkReads() {
        for (ModelCaller caller : ModelCaller.values()) {
            Presences view = caller.view(store);
            for (String id : IDS) {
                ModelRecord expected = model.get(caller, id);
                Presence found = view.get(id);
                assertThat(expected == null ? found == null : expected.sameAs(found, model.now, model.wall))
                        .as("%s gets %s: %s", caller, id, found)
                        .isTrue();
            }
            for (QueryCase asked : QueryCase.values()) {
                checkList(caller, view, asked);
            }
        }
    }

    private void checkList(ModelCaller caller, Presences view, QueryCase asked) {
        List<String> expected =
                model.list(caller, asked).stream().map(ModelRecord::id).toList();
        PresencePage page = view.list(asked.queries());
        assertThat(page.presences().stream().map(Presence::id))
                .as("%s lists %s", caller, asked)
                .isEqualTo(expected);
        assertThat(page.total()).isEqualTo(expected.size());
        assertThat(view.count(asked.queries())).isEqualTo(expected.size());
        Query[] paged = Stream.concat(Stream.of(asked.queries()), Stream.of(Query.limit(1), Query.offset(1)))
                .toArray(Query[]::new);
        assertThat(view.list(paged).presences().stream().map(Presence::id))
                .isEqualTo(expected.subList(Math.min(1, expected.size()), Math.min(2, expected.size())));
        assertThat(page.presences().stream().map(Presence::id).collect(java.util.stream.Collectors.toSet()))
                .isEqualTo(Set.copyOf(expected));
    }
}

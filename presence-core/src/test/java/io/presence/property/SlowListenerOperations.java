package io.presence.property;

import io.presence.Channel;
import io.presence.property.OptionsCase.ExecutorKind;
import io.presence.property.OptionsCase.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** The random operations of a {@link SlowListenersAndModel}. */
final class SlowListenerOperations {

    /** Something that happens, with a name for the report of a failure. */
    record Operation(String name, Consumer<SlowListenersAndModel> effect) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Something that happens to a subscription. */
    private record SubscriptionAction(String name, BiConsumer<SlowListenersAndModel, SubscriptionModel> effect) {}

    private SlowListenerOperations() {}

    /** Some subscriptions, then whatever happens. */
    static Arbitrary<List<Operation>> histories() {
        return Combinators.combine(
                        subscriptions().list().ofSize(2),
                        all().list().ofMinSize(10).ofMaxSize(60))
                .as((first, then) -> {
                    List<Operation> history = new ArrayList<>(first);
                    history.addAll(then);
                    return history;
                });
    }

    private static Arbitrary<Operation> all() {
        return Arbitraries.frequencyOf(
                Tuple.of(
                        10,
                        StoreOperations.writes()
                                .map(op -> new Operation(
                                        op.name(), slow -> op.effect().accept(slow.world)))),
                Tuple.of(4, Arbitraries.just(new Operation("one round", SlowListenersAndModel::round))),
                Tuple.of(3, Arbitraries.of(1, 2, 100).map(SlowListenerOperations::turns)),
                Tuple.of(2, Arbitraries.just(new Operation("settle", SlowListenersAndModel::settle))),
                Tuple.of(1, Arbitraries.of(ScriptedExecutor.Mode.values()).map(SlowListenerOperations::mode)),
                Tuple.of(2, subscriptions()),
                Tuple.of(2, returns()),
                Tuple.of(8, Combinators.combine(deeds(), which()).as(SlowListenerOperations::now)),
                Tuple.of(3, Combinators.combine(deeds(), which()).as(SlowListenerOperations::inNextCall)));
    }

    private static Operation turns(int most) {
        return new Operation("up to " + most + " turns", world -> world.hand.run(most));
    }

    private static Operation mode(ScriptedExecutor.Mode mode) {
        return new Operation("the executor is to " + mode, world -> world.hand.mode = mode);
    }

    private static Operation now(SubscriptionAction deed, int which) {
        return new Operation(which + " " + deed.name(), world -> deed.effect().accept(world, world.pick(which)));
    }

    private static Operation inNextCall(SubscriptionAction deed, int which) {
        return new Operation(which + " in its next call " + deed.name(), world -> {
            SubscriptionModel slow = world.pick(which);
            slow.view.next = () -> deed.effect().accept(world, slow);
        });
    }

    private static Arbitrary<SubscriptionAction> deeds() {
        return Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(new SubscriptionAction("pauses", (world, slow) -> slow.pause()))),
                Tuple.of(3, Arbitraries.just(new SubscriptionAction("resumes", (world, slow) -> slow.resume()))),
                Tuple.of(3, Arbitraries.of(1, 2, 3).map(SlowListenerOperations::requests)),
                Tuple.of(
                        5,
                        Arbitraries.just(
                                new SubscriptionAction("notes where it is", SlowListenersAndModel::saveToken))),
                Tuple.of(4, principals().map(SlowListenerOperations::becomes)),
                Tuple.of(
                        1,
                        Arbitraries.just(
                                new SubscriptionAction("throws", (world, slow) -> slow.view.throwsNext = true))),
                Tuple.of(1, Arbitraries.just(new SubscriptionAction("closes", (world, slow) -> slow.close()))));
    }

    private static SubscriptionAction requests(int more) {
        return new SubscriptionAction("requests " + more, (world, slow) -> slow.request(more));
    }

    private static SubscriptionAction becomes(ModelCaller caller) {
        return new SubscriptionAction("becomes " + caller, (world, slow) -> slow.principal(caller));
    }

    private static Arbitrary<ModelCaller> principals() {
        return StoreOperations.callers().filter(caller -> caller.principal() != null);
    }

    private static Arbitrary<Operation> subscriptions() {
        Arbitrary<Channel> channels = Arbitraries.frequency(
                Tuple.of(8, Channel.presences()),
                Tuple.of(2, Channel.presence("c.d")),
                Tuple.of(1, Channel.presences().upsert()),
                Tuple.of(1, Channel.presences().delete()));
        return Combinators.combine(StoreOperations.callers(), Arbitraries.of(QueryCase.values()), channels, wishes())
                .as((caller, asked, channel, wish) -> {
                    ObservedView sight = new ObservedView(caller, asked, channel);
                    return new Operation("subscribes " + sight + " " + wish, world -> world.subscribe(sight, wish));
                });
    }

    private static Arbitrary<Operation> returns() {
        Arbitrary<@Nullable ModelCaller> others = principals().injectNull(0.9);
        return Combinators.combine(which(), others, wishes())
                .as((which, other, wish) -> new Operation(
                        "comes back to " + which + " as " + other + " " + wish,
                        world -> world.resume(which, other, wish)));
    }

    private static Arbitrary<OptionsCase> wishes() {
        return Combinators.combine(
                        Arbitraries.of(Start.SNAPSHOT, Start.SNAPSHOT, Start.NOW),
                        Arbitraries.of(
                                ExecutorKind.SCRIPTED,
                                ExecutorKind.SCRIPTED,
                                ExecutorKind.DEFAULT,
                                ExecutorKind.DISPATCHER),
                        Arbitraries.of(0, 0, 0, 1, 2, 3),
                        Arbitraries.of(256, 256, 1, 2),
                        Arbitraries.of(-1, -1, -1, 0, 1, 3),
                        Arbitraries.of(false, true),
                        Arbitraries.of(false, false, false, true))
                .as(OptionsCase::new);
    }

    private static Arbitrary<Integer> which() {
        return Arbitraries.integers().between(0, 5);
    }
}

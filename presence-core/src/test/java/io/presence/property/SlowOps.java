package io.presence.property;

import io.presence.Channel;
import io.presence.property.OptionsCase.Start;
import io.presence.property.OptionsCase.Who;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** What can happen in a {@link SlowWorld}. */
final class SlowOps {

    /** Something that happens, with a name for the report of a failure. */
    record Op(String name, Consumer<SlowWorld> effect) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Something that happens to a subscription. */
    private record Deed(String name, BiConsumer<SlowWorld, SubscriptionModel> effect) {}

    private SlowOps() {}

    /** Some subscriptions, then whatever happens. */
    static Arbitrary<List<Op>> histories() {
        return Combinators.combine(
                        subscriptions().list().ofSize(2),
                        all().list().ofMinSize(10).ofMaxSize(60))
                .as((first, then) -> {
                    List<Op> history = new ArrayList<>(first);
                    history.addAll(then);
                    return history;
                });
    }

    private static Arbitrary<Op> all() {
        return Arbitraries.frequencyOf(
                Tuple.of(
                        10,
                        Ops.writes()
                                .map(op -> new Op(op.name(), slow -> op.effect().accept(slow.world)))),
                Tuple.of(4, Arbitraries.just(new Op("one round", SlowWorld::round))),
                Tuple.of(3, Arbitraries.of(1, 2, 100).map(SlowOps::turns)),
                Tuple.of(2, Arbitraries.just(new Op("settle", SlowWorld::settle))),
                Tuple.of(1, Arbitraries.of(Hand.Mode.values()).map(SlowOps::mode)),
                Tuple.of(2, subscriptions()),
                Tuple.of(2, returns()),
                Tuple.of(8, Combinators.combine(deeds(), which()).as(SlowOps::now)),
                Tuple.of(3, Combinators.combine(deeds(), which()).as(SlowOps::inNextCall)));
    }

    private static Op turns(int most) {
        return new Op("up to " + most + " turns", world -> world.hand.run(most));
    }

    private static Op mode(Hand.Mode mode) {
        return new Op("the executor is to " + mode, world -> world.hand.mode = mode);
    }

    private static Op now(Deed deed, int which) {
        return new Op(which + " " + deed.name(), world -> deed.effect().accept(world, world.pick(which)));
    }

    private static Op inNextCall(Deed deed, int which) {
        return new Op(which + " in its next call " + deed.name(), world -> {
            SubscriptionModel slow = world.pick(which);
            slow.view.next = () -> deed.effect().accept(world, slow);
        });
    }

    private static Arbitrary<Deed> deeds() {
        return Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(new Deed("pauses", (world, slow) -> slow.pause()))),
                Tuple.of(3, Arbitraries.just(new Deed("resumes", (world, slow) -> slow.resume()))),
                Tuple.of(3, Arbitraries.of(1, 2, 3).map(SlowOps::requests)),
                Tuple.of(5, Arbitraries.just(new Deed("notes where it is", SlowWorld::saveToken))),
                Tuple.of(4, principals().map(SlowOps::becomes)),
                Tuple.of(1, Arbitraries.just(new Deed("throws", (world, slow) -> slow.view.throwsNext = true))),
                Tuple.of(1, Arbitraries.just(new Deed("closes", (world, slow) -> slow.close()))));
    }

    private static Deed requests(int more) {
        return new Deed("requests " + more, (world, slow) -> slow.request(more));
    }

    private static Deed becomes(Caller caller) {
        return new Deed("becomes " + caller, (world, slow) -> slow.principal(caller));
    }

    private static Arbitrary<Caller> principals() {
        return Ops.callers().filter(caller -> caller.principal() != null);
    }

    private static Arbitrary<Op> subscriptions() {
        Arbitrary<Channel> channels = Arbitraries.frequency(
                Tuple.of(8, Channel.presences()),
                Tuple.of(2, Channel.presence("c.d")),
                Tuple.of(1, Channel.presences().upsert()),
                Tuple.of(1, Channel.presences().delete()));
        return Combinators.combine(Ops.callers(), Arbitraries.of(QueryCase.values()), channels, wishes())
                .as((caller, asked, channel, wish) -> {
                    ObservedView sight = new ObservedView(caller, asked, channel);
                    return new Op("subscribes " + sight + " " + wish, world -> world.subscribe(sight, wish));
                });
    }

    private static Arbitrary<Op> returns() {
        Arbitrary<@Nullable Caller> others = principals().injectNull(0.9);
        return Combinators.combine(which(), others, wishes())
                .as((which, other, wish) -> new Op(
                        "comes back to " + which + " as " + other + " " + wish,
                        world -> world.comeBack(which, other, wish)));
    }

    private static Arbitrary<OptionsCase> wishes() {
        return Combinators.combine(
                        Arbitraries.of(Start.SNAPSHOT, Start.SNAPSHOT, Start.NOW),
                        Arbitraries.of(Who.HAND, Who.HAND, Who.USUAL, Who.DISPATCHER),
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

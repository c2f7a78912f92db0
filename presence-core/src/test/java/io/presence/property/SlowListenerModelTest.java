package io.presence.property;

import io.presence.Operations;
import io.presence.property.SlowOps.Op;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Subscriptions of every kind against the model, over random histories in which listeners are told late, pause, ask for few
 * events, throw, close, become somebody else and return (invariants 3 to 8 and 10).
 */
class SlowListenerModelTest {

    @Property(tries = 600)
    void listeners_ofAnySpeed_agreeWithTheModel(@ForAll("histories") List<Op> history) {
        check(new SlowWorld(0, builder -> builder.historySize(1_000)), history);
    }

    @Property(tries = 400)
    void listeners_withIndexesAndShortHistory_agreeWithTheModel(@ForAll("histories") List<Op> history) {
        check(
                new SlowWorld(
                        0,
                        builder -> builder.index("status").index("metadata.doc").historySize(4)),
                history);
    }

    @Property(tries = 600)
    void listeners_withDeferredFilters_agreeWithTheModel(@ForAll("histories") List<Op> history, @ForAll long seed) {
        check(new SlowWorld(0, builder -> Operations.atRandom(builder.historySize(1_000), seed)), history);
        check(new SlowWorld(0, builder -> Operations.none(builder.historySize(4))), history);
    }

    /* More presences than a round looks at. */
    @Property(tries = 25)
    void listeners_withSlicedSnapshots_agreeWithTheModel(@ForAll("histories") List<Op> history) {
        check(new SlowWorld(1_300, UnaryOperator.identity()), history);
    }

    private static void check(SlowWorld world, List<Op> history) {
        for (Op op : history) {
            op.effect().accept(world);
            world.check();
        }
        world.finish();
    }

    @Provide
    Arbitrary<List<Op>> histories() {
        return SlowOps.histories();
    }
}

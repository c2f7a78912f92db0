package io.presence.property;

import io.presence.OperationBudgets;
import io.presence.fixture.Promise;
import io.presence.property.SlowListenerOperations.Operation;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Subscriptions of every kind against the model, over random histories in which listeners are called late, pause, ask
 * for few
 * events, throw, close, become somebody else and return (invariants 3 to 8 and 10).
 */
class SlowListenerModelTest {

    @Property(tries = 600)
    @Promise("in-sync")
    @Promise("switch-principal")
    void listeners_ofAnySpeed_agreeWithTheModel(@ForAll("histories") List<Operation> history) {
        check(new SlowListenersAndModel(0, builder -> builder.historySize(1_000)), history);
    }

    @Property(tries = 400)
    @Promise("resume-complete")
    void listeners_withIndexesAndShortHistory_agreeWithTheModel(@ForAll("histories") List<Operation> history) {
        check(
                new SlowListenersAndModel(
                        0,
                        builder -> builder.index("status").index("metadata.doc").historySize(4)),
                history);
    }

    @Property(tries = 600)
    void listeners_withDeferredFilters_agreeWithTheModel(
            @ForAll("histories") List<Operation> history, @ForAll long seed) {
        check(
                new SlowListenersAndModel(0, builder -> OperationBudgets.atRandom(builder.historySize(1_000), seed)),
                history);
        check(new SlowListenersAndModel(0, builder -> OperationBudgets.none(builder.historySize(4))), history);
    }

    /* More presences than a round looks at. */
    @Property(tries = 25)
    void listeners_withSlicedSnapshots_agreeWithTheModel(@ForAll("histories") List<Operation> history) {
        check(new SlowListenersAndModel(1_300, UnaryOperator.identity()), history);
    }

    private static void check(SlowListenersAndModel world, List<Operation> history) {
        for (Operation op : history) {
            op.effect().accept(world);
            world.check();
        }
        world.finish();
    }

    @Provide
    Arbitrary<List<Operation>> histories() {
        return SlowListenerOperations.histories();
    }
}

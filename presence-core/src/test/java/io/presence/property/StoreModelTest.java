package io.presence.property;

import io.presence.Channel;
import io.presence.OperationBudgets;
import io.presence.fixture.Promise;
import io.presence.property.StoreOperations.Operation;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The store against one plain map, over random histories on hand-moved clocks: every answer after every step
 * (invariants
 * 1, 2, 10 and 11), and every event, whatever the interleaving of writes and rounds of the duty cycle (3, 4 and 5).
 */
class StoreModelTest {

    @Property(tries = 1_000)
    @Promise("wall-clock-jumps")
    @Promise("deadline-as-it-is")
    @Promise("unchanged-write")
    @Promise("event-order")
    @Promise("equals-list")
    @Promise("one-meaning")
    void store_anyOperations_agreesWithTheModel(@ForAll("histories") List<Operation> history) {
        check(new StoreAndModel(UnaryOperator.identity()), history);
    }

    @Property(tries = 500)
    @Promise("index-transparent")
    void store_withIndexes_agreesWithTheModel(@ForAll("histories") List<Operation> history) {
        check(new StoreAndModel(builder -> builder.index("status").index("metadata.doc")), history);
    }

    /** The events do not depend on the time at which filters are evaluated. */
    @Property(tries = 700)
    void store_withDeferredFilters_agreesWithTheModel(@ForAll("histories") List<Operation> history, @ForAll long seed) {
        check(new StoreAndModel(builder -> OperationBudgets.atRandom(builder, seed), false), history);
        check(new StoreAndModel(OperationBudgets::none, false), history);
    }

    private static void check(StoreAndModel world, List<Operation> history) {
        world.subscribe(ModelCaller.TRUSTED, QueryCase.EVERYTHING, Channel.presences());
        world.subscribe(ModelCaller.BOB, QueryCase.PLAN, Channel.presences());
        world.subscribe(ModelCaller.BOB, QueryCase.ENDING, Channel.presences());
        for (Operation op : history) {
            op.effect().accept(world);
            world.checkFailures();
            world.checkReads();
        }
        world.drain();
        world.store.close();
    }

    @Provide
    Arbitrary<List<Operation>> histories() {
        return StoreOperations.all().list().ofMinSize(5).ofMaxSize(60);
    }
}

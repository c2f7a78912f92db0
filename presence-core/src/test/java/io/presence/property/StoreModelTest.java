package io.presence.property;

import io.presence.Channel;
import io.presence.Operations;
import io.presence.property.Ops.Op;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The store against one plain map, over random histories on hand-moved clocks: every answer after every step (invariants
 * 1, 2, 10 and 11), and every event, whatever the interleaving of writes and rounds of the duty cycle (3, 4 and 5).
 */
class StoreModelTest {

    @Property(tries = 1_000)
    void store_anyOperations_agreesWithTheModel(@ForAll("histories") List<Op> history) {
        check(new World(UnaryOperator.identity()), history);
    }

    @Property(tries = 500)
    void store_withIndexes_agreesWithTheModel(@ForAll("histories") List<Op> history) {
        check(new World(builder -> builder.index("status").index("metadata.doc")), history);
    }

    /** Nobody finds out when it was found out who is to be told. */
    @Property(tries = 700)
    void store_withDeferredFilters_agreesWithTheModel(@ForAll("histories") List<Op> history, @ForAll long seed) {
        check(new World(builder -> Operations.atRandom(builder, seed), false), history);
        check(new World(Operations::none, false), history);
    }

    private static void check(World world, List<Op> history) {
        world.subscribe(Caller.TRUSTED, QueryCase.EVERYTHING, Channel.presences());
        world.subscribe(Caller.BOB, QueryCase.PLAN, Channel.presences());
        world.subscribe(Caller.BOB, QueryCase.ENDING, Channel.presences());
        for (Op op : history) {
            op.effect().accept(world);
            world.checkFailures();
            world.checkReads();
        }
        world.drain();
        world.store.close();
    }

    @Provide
    Arbitrary<List<Op>> histories() {
        return Ops.all().list().ofMinSize(5).ofMaxSize(60);
    }
}

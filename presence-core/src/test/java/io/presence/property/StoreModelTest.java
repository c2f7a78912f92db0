package io.presence.property;

import io.presence.Channel;
import io.presence.property.Ops.Op;
import java.util.List;
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
    void storeAnswersAndTellsWhatTheModelDoes(@ForAll("histories") List<Op> history) {
        World world = new World();
        world.subscribe(Caller.TRUSTED, Asked.EVERYTHING, Channel.presences());
        world.subscribe(Caller.BOB, Asked.PLAN, Channel.presences());
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

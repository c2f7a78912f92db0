package io.presence.linear;

import io.presence.Version;
import io.presence.fixture.Promise;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Each operation on a presence beside an advance of the clock to its deadline and another operation. Lincheck runs two
 * threads, interrupts one at each access to shared memory, and lets the other one overtake it. So it finds windows that
 * real threads do not meet in hours.
 *
 * <p>The histories are checked as those of {@link PresenceHistoriesTest} are. {@code -Dlincheck.orders=<number>} is the
 * number of orders for each of 48 pairs.
 *
 * <p><b>Mutation evidence.</b> This fails with an end that is not final, with an upsert or a {@code touch} that sets
 * the word of the lease without comparing it, and with a condition that is judged before the monitor is taken. It also
 * fails if the specification lets an upsert of a live presence take effect in one step.
 */
public class PresenceLincheckTest {

    private static final int ORDERS = Integer.getInteger("lincheck.orders", 60);
    private static final List<String> OVERTAKEN =
            List.of("change", "renew", "ifAbsent", "ifVersion", "patch", "touch", "delete", "get");
    private static final List<String> OVERTAKING = List.of("change", "ifAbsent", "ifVersion", "touch", "delete", "get");
    private static final List<Actor> SETUP = actors("create");
    private static final List<Actor> PROBES = actors("get", "advance", "get", "advance", "get");
    private static final String ID = "p";

    private final HandMovedTable table = new HandMovedTable();
    private final AtomicLong events = new AtomicLong();
    private volatile @Nullable Version seen;

    private static List<Actor> actors(String... methods) {
        return List.of(methods).stream().map(PresenceLincheckTest::actor).toList();
    }

    private static Actor actor(String method) {
        try {
            return new Actor(PresenceLincheckTest.class.getMethod(method), List.of());
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private Call call(Operation operation) {
        long earliest = table.now();
        long invoked = events.incrementAndGet();
        Answer answer = table.perform(ID, operation);
        long returned = events.incrementAndGet();
        if (answer.version() != null) {
            seen = answer.version();
        }
        return new Call(operation, answer, earliest, invoked, returned);
    }

    /** Creates the presence, which ends at the next tick. */
    public Call create() {
        return call(Operation.upsert(0, 1));
    }

    /** Upserts the same status. */
    public Call renew() {
        return call(Operation.upsert(0, 2));
    }

    /** Upserts another status. Lincheck requires one operation that is annotated. */
    @org.jetbrains.lincheck.datastructures.Operation
    public Call change() {
        return call(Operation.upsert(1, 2));
    }

    /** Upserts if there is no presence. */
    public Call ifAbsent() {
        return call(Operation.ifAbsent(2, 1));
    }

    /** Upserts if the presence has the version that was seen last. */
    public Call ifVersion() {
        Version required = seen;
        return call(required == null ? Operation.get() : Operation.ifVersion(3, 1, required));
    }

    /** Changes the status alone. */
    public Call patch() {
        return call(Operation.patch(4));
    }

    /** Extends the deadline. */
    public Call touch() {
        return call(Operation.touch(2));
    }

    /** Deletes the presence. */
    public Call delete() {
        return call(Operation.delete());
    }

    /** Reads the presence. */
    public Call get() {
        return call(Operation.get());
    }

    /** Lets a tick pass. */
    public Call advance() {
        return call(Operation.advance(1));
    }

    @Test
    @Promise("linearizable")
    void operations_inExploredOrders_areLinearizable() {
        ModelCheckingOptions options = new ModelCheckingOptions()
                .iterations(0)
                .invocationsPerIteration(ORDERS)
                .minimizeFailedScenario(false)
                .verifier(HistoryVerifier.class);
        for (String overtaken : OVERTAKEN) {
            for (String overtaking : OVERTAKING) {
                List<List<Actor>> threads = List.of(actors(overtaken), actors("advance", overtaking));
                options.addCustomScenario(new ExecutionScenario(SETUP, threads, PROBES, null));
            }
        }
        options.check(PresenceLincheckTest.class);
    }
}

package io.presence.internal.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LockTimersTest {

    private static final int MANY = 100;

    private final LockTimers timers = new LockTimers();
    private final List<String> ran = new ArrayList<>();

    private LockTimers.Due add(long at, String name) {
        LockTimers.Due due = timers.due(at);
        timers.add(due, () -> ran.add(name));
        return due;
    }

    @Test
    void run_ofDifferentTimes_followsTheTimes() {
        add(30, "third");
        add(10, "first");
        add(20, "second");

        assertThat(timers.run(9, MANY)).isZero();
        assertThat(ran).isEmpty();
        assertThat(timers.run(20, MANY)).isEqualTo(2);
        assertThat(ran).containsExactly("first", "second");
        assertThat(timers.run(100, MANY)).isEqualTo(1);
        assertThat(ran).containsExactly("first", "second", "third");
        assertThat(timers.run(100, MANY)).isZero();
    }

    @Test
    void run_ofOneTime_followsTheOrderOfArrival() {
        add(10, "first");
        add(10, "second");
        add(10, "third");

        timers.run(10, MANY);
        assertThat(ran).containsExactly("first", "second", "third");
    }

    @Test
    void run_beyondTheBudget_leavesTheRest() {
        add(1, "first");
        add(2, "second");
        add(3, "third");

        assertThat(timers.run(10, 2)).isEqualTo(2);
        assertThat(ran).containsExactly("first", "second");
        assertThat(timers.idleNanos(10)).isZero();
        assertThat(timers.run(10, 2)).isEqualTo(1);
    }

    @Test
    void run_ofActionThatAddsADueTimer_runsThatToo() {
        timers.add(timers.due(1), () -> add(2, "added"));

        assertThat(timers.run(2, MANY)).isEqualTo(2);
        assertThat(ran).containsExactly("added");
    }

    @Test
    void remove_ofATimer_leavesTheOthers() {
        LockTimers.Due removed = add(10, "removed");
        add(10, "left");
        timers.remove(removed);

        assertThat(timers.run(10, MANY)).isEqualTo(1);
        assertThat(ran).containsExactly("left");
        timers.remove(removed);
    }

    @Test
    void idleNanos_ofTheFirstTimer_isTheTimeUntilIt() {
        assertThat(timers.idleNanos(5)).isEqualTo(Long.MAX_VALUE);
        add(30, "second");
        LockTimers.Due first = add(10, "first");

        assertThat(timers.idleNanos(3)).isEqualTo(7);
        assertThat(timers.idleNanos(10)).isZero();
        assertThat(timers.idleNanos(50)).isZero();
        timers.remove(first);
        assertThat(timers.idleNanos(3)).isEqualTo(27);
    }
}

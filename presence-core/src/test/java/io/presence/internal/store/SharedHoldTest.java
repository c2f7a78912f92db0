package io.presence.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Principal;
import io.presence.fixture.StoreParts;
import io.presence.testing.ManualClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The holders of one presence, as values. */
class SharedHoldTest {

    private final ManualClock clock = new ManualClock();
    private final Clocks clocks = new Clocks(clock, clock);
    private final PresenceTable table = StoreParts.table(clocks);
    private final Hold first = hold();
    private final Hold second = hold();
    private final Hold third = hold();
    private final SharedHold two = new SharedHold(first, second);
    private final SharedHold three = two.with(third);

    private Hold hold() {
        return new Hold(
                table.openSession(new PrincipalAccess(Principal.user("ada").build())));
    }

    @Test
    void of_aSession_isItsHold() {
        assertThat(three.of(first.session)).isSameAs(first);
        assertThat(three.of(third.session)).isSameAs(third);
        assertThat(two.of(third.session)).isNull();
        assertThat(first.of(first.session)).isSameAs(first);
        assertThat(first.of(second.session)).isNull();
    }

    @Test
    void contains_aHold_isByIdentity() {
        assertThat(three.contains(third)).isTrue();
        assertThat(two.contains(third)).isFalse();
        assertThat(two.contains(new Hold(first.session))).isFalse();
        assertThat(first.contains(first)).isTrue();
        assertThat(first.contains(second)).isFalse();
    }

    @Test
    void without_aHolder_hasTheOthers() {
        Holding rest = three.without(second);
        assertThat(rest.contains(first)).isTrue();
        assertThat(rest.contains(third)).isTrue();
        assertThat(rest.contains(second)).isFalse();
        assertThat(rest.without(first)).isSameAs(third);
        assertThat(rest.without(third)).isSameAs(first);

        assertThat(three.without(hold())).isSameAs(three);
        assertThat(first.without(second)).isSameAs(first);
        assertThat(first.without(first)).isNull();
    }

    @Test
    void isFull_at16Holders_isTrue() {
        SharedHold holders = two;
        List<Hold> added = new ArrayList<>();
        while (added.size() < SharedHold.MAX_HOLDERS - 2) {
            assertThat(holders.isFull()).isFalse();
            added.add(hold());
            holders = holders.with(added.get(added.size() - 1));
        }

        assertThat(holders.isFull()).isTrue();
        assertThat(added).allMatch(holders::contains);
    }

    @Test
    void holding_withoutHolders_hasNone() {
        Grace grace = new Grace(5);

        assertThat(grace.of(first.session)).isNull();
        assertThat(grace.contains(first)).isFalse();
        assertThat(grace.without(first)).isSameAs(grace);
    }
}

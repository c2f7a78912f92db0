package io.presence.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceEvent.Action;
import org.junit.jupiter.api.Test;

/** The changes in the hand of the draining thread after the dispatcher has dropped the pending ones. */
class PendingDeliveryTest {

    private final ChangeSequence incarnations = new ChangeSequence();
    private final PendingDelivery held = new PendingDelivery();
    private final PendingDelivery later = new PendingDelivery();

    private static void add(PendingDelivery waiting, StateChange step) {
        waiting.add(step, FilterResult.NO, FilterResult.YES, null);
    }

    @Test
    void add_ofDroppedChanges_discardsTheOlder() {
        add(held, incarnations.write("old", 2, Action.UPSERT));
        later.drop();
        assertThat(later.isEmpty()).isFalse();
        add(later, incarnations.write("new", 2, Action.UPSERT));

        held.add(later, outcome -> {});

        assertThat(held.take(10, null, NothingUnevaluated.INSTANCE).events())
                .extracting(event -> event.presence().id())
                .containsExactly("new");
        assertThat(held.take(10, null, NothingUnevaluated.INSTANCE)).isNull();
        assertThat(held.isEmpty()).isTrue();
    }

    @Test
    void add_ofDropAlone_keepsNothing() {
        add(held, incarnations.write("old", 2, Action.UPSERT));
        later.drop();

        held.add(later, outcome -> {});

        assertThat(held.size()).isZero();
        assertThat(held.take(10, null, NothingUnevaluated.INSTANCE)).isNull();
        assertThat(held.isEmpty()).isTrue();
    }
}

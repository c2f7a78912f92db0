package io.presence.internal.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.fixture.StoreParts;
import io.presence.testing.ManualClock;
import org.junit.jupiter.api.Test;

/** The change of the holders of one entry, applied and undone. */
class HoldChangeTest {

    private static final PresenceUpsert UPSERT = PresenceUpsert.of("tab", "ada", "online");

    private final ManualClock clock = new ManualClock();
    private final Clocks clocks = new Clocks(clock, clock);
    private final PresenceTable table = StoreParts.table(clocks);
    private final Hold first = hold();
    private final Hold second = hold();
    private final Entry entry = new Entry("tab", 0, 100, first);

    private Hold hold() {
        return new Hold(
                table.openSession(new PrincipalAccess(Principal.user("ada").build())));
    }

    private HoldChange change(Hold hold, PresenceUpsert upsert) {
        return requireNonNull(HoldChange.of(entry, hold, upsert));
    }

    @Test
    void apply_byAnotherSession_takesTheEntryAndFencesIt() {
        long before = entry.word();
        change(second, UPSERT).apply();

        assertThat(entry.isHeldBy(second)).isTrue();
        assertThat(entry.isHeldBy(first)).isFalse();
        assertThat(second.entry).isSameAs(entry);
        assertThat(entry.extend(before, before, 10, 100)).isFalse();
    }

    @Test
    void undo_afterApply_restoresTheHoldersAndFreesTheHold() {
        HoldChange change = change(second, UPSERT);
        change.apply();
        change.undo();

        assertThat(entry.isHeldBy(first)).isTrue();
        assertThat(entry.isHeldBy(second)).isFalse();
        assertThat(second.entry).isNull();
    }

    @Test
    void undo_ofShared_restoresTheOnlyHolder() {
        HoldChange change = change(second, UPSERT.shared());
        change.apply();
        assertThat(entry.isHeldBy(first) && entry.isHeldBy(second)).isTrue();
        change.undo();

        assertThat(entry.holding()).isSameAs(first);
        assertThat(second.entry).isNull();
    }

    @Test
    void undo_ofUnheld_restoresTheHolder() {
        HoldChange change = requireNonNull(HoldChange.of(entry, null, UPSERT.unheld()));
        change.apply();
        assertThat(entry.holding()).isNull();
        change.undo();

        assertThat(entry.holding()).isSameAs(first);
    }

    @Test
    void of_theOnlyHolder_changesNothing() {
        assertThat(HoldChange.of(entry, new Hold(first.session), UPSERT)).isNull();
        assertThat(HoldChange.of(entry, null, UPSERT)).isNull();
    }
}

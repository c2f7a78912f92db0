package io.presence.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The reports of a transport between its thread and the dispatcher: within 64 MiB, and in their order. */
class InboxTest {

    private static final int FRAMES = 64;
    private static final int OVERHEAD = 64;

    private final AtomicInteger wakeUps = new AtomicInteger();
    private final Inbox inbox = new Inbox(wakeUps::incrementAndGet);
    /* With its overhead a 64th of what the inbox takes. */
    private final byte[] large = new byte[(1 << 20) - OVERHEAD];

    private void fill() {
        for (int i = 0; i < FRAMES; i++) {
            inbox.onFrame("b", large);
        }
    }

    @Test
    void onFrame_withinTheBytes_isTakenAndBeyondThemDropped() {
        fill();
        assertThat(inbox.dropped()).isZero();
        inbox.onFrame("b", new byte[0]);
        assertThat(inbox.dropped()).isEqualTo(1);

        assertThat(inbox.poll()).isNotNull();
        inbox.onFrame("b", large);
        assertThat(inbox.dropped()).as("once there is room again").isEqualTo(1);
        inbox.onFrame("b", large);
        assertThat(inbox.dropped()).isEqualTo(2);
    }

    @Test
    void poll_ofAllReports_givesAllBytesBack() {
        for (int round = 0; round < 3; round++) {
            fill();
            inbox.onMembers(Set.of("b", "c"));
            while (inbox.poll() != null) {
                assertThat(inbox.dropped()).isZero();
            }
        }

        fill();
        assertThat(inbox.dropped()).isZero();
        assertThat(inbox.isEmpty()).isFalse();
    }

    @Test
    void onMembers_beyondTheBytes_isNotDroppedAndCountsForEachMember() {
        fill();
        inbox.onMembers(Set.of("b", "c"));
        assertThat(inbox.dropped()).isZero();
        assertThat(inbox.poll()).isInstanceOf(Inbox.Received.class);
        /* The members take three times the overhead. */
        inbox.onFrame("b", new byte[large.length - 3 * OVERHEAD + 1]);
        assertThat(inbox.dropped()).isEqualTo(1);
        inbox.onFrame("b", new byte[large.length - 3 * OVERHEAD]);
        assertThat(inbox.dropped()).isEqualTo(1);
    }

    @Test
    void poll_ofReportsOfBothKinds_keepsTheirOrder() {
        assertThat(inbox.isEmpty()).isTrue();
        Set<String> members = new HashSet<>(Set.of("b"));
        inbox.onFrame("b", new byte[] {1});
        inbox.onMembers(members);
        members.clear();
        inbox.onFrame("c", new byte[] {2});

        assertThat(inbox.poll())
                .isInstanceOfSatisfying(
                        Inbox.Received.class, first -> assertThat(first.member).isEqualTo("b"));
        assertThat(inbox.poll())
                .isInstanceOfSatisfying(
                        Inbox.Members.class, second -> assertThat(second.names).containsExactly("b"));
        assertThat(inbox.poll())
                .isInstanceOfSatisfying(
                        Inbox.Received.class, third -> assertThat(third.frame).containsExactly(2));
        assertThat(inbox.poll()).isNull();
        assertThat(inbox.isEmpty()).isTrue();
    }

    @Test
    void reports_ofEachKind_wakeTheDispatcher() {
        inbox.onFrame("b", new byte[0]);
        assertThat(wakeUps).hasValue(1);
        inbox.onMembers(Set.of());
        assertThat(wakeUps).hasValue(2);
        fill();
        inbox.onFrame("b", large);
        assertThat(wakeUps).hasValue(3 + FRAMES);
    }
}

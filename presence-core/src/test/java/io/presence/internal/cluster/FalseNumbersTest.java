package io.presence.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceEvent.Cause;
import io.presence.PresenceUpsert;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Well-formed frames whose numbers are far ahead of all others. They must not use up the numbers of a node. */
class FalseNumbersTest {

    private static final NodeId OTHER = new NodeId(7, 7);
    private static final long FAR = 1L << 44;
    private static final long NEAR = 1L << 41;

    private final WiredStore node = new WiredStore();

    @AfterEach
    void close() {
        node.close();
    }

    @BeforeEach
    void join() {
        node.members("b");
        node.receive("b", new Frame.Digest(0, OTHER, 0, 0, 0));
    }

    private long nextEpoch() {
        node.sent.clear();
        node.store.upsert(PresenceUpsert.of("own", "ada", "online"));
        node.store.delete("own");
        node.store.upsert(PresenceUpsert.of("own", "ada", "online"));
        node.rest();
        List<Operation> operations = node.operations();
        return ((Put) operations.get(operations.size() - 1)).claim().epoch();
    }

    private static Put put(long createdEpoch, long epoch, long incarnation) {
        Put put = WiredStore.put(OTHER, "p", "ada", "online", incarnation);
        return new Put(new Claim(createdEpoch, OTHER, epoch), put.state(), 0);
    }

    private void assertRefused(Operation operation) {
        node.receive("b", OTHER, 0, operation);

        assertThat(node.status().framesRejected()).isEqualTo(1);
        assertThat(node.store.get("p")).isNull();
        assertThat(nextEpoch()).isLessThan(FAR);
    }

    @Test
    void epoch_ofAPutFarAhead_isRefused() {
        assertRefused(put(1, FAR, 1));
    }

    @Test
    void createdEpoch_ofAPutFarAhead_isRefused() {
        assertRefused(put(FAR, 1, 1));
    }

    @Test
    void incarnation_ofAPutFarAhead_isRefused() {
        assertRefused(put(1, 1, FAR));
    }

    /* Fails if only the numbers of puts are compared with those of this node. */
    @Test
    void epoch_ofARequestToEndFarAhead_isRefused() {
        assertRefused(new End("own", new Claim(1, OTHER, FAR), "ada", Cause.DELETED, 0, 0));
    }

    /* A node that started with greater numbers, or has written more. */
    @Test
    void numbers_ofAPutAhead_areAcceptedAndPassed() {
        node.receive("b", OTHER, 0, put(NEAR, NEAR + 1, NEAR + 2));

        assertThat(node.status().framesRejected()).isZero();
        assertThat(node.store.get("p").status()).isEqualTo("online");
        assertThat(nextEpoch()).isGreaterThan(NEAR + 2);
    }

    @Test
    void numbers_thatGrowByLessEachTime_areAccepted() {
        for (int i = 1; i <= 6; i++) {
            node.receive("b", OTHER, i - 1, put(i * NEAR, i * NEAR, i * NEAR));
        }

        assertThat(node.status().framesRejected()).isZero();
        assertThat(nextEpoch()).isGreaterThan(6 * NEAR);
    }
}

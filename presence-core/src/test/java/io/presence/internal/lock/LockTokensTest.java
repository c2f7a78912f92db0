package io.presence.internal.lock;

import static io.presence.internal.lock.LockParts.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceException.Code;
import io.presence.internal.stats.FailureLog;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LockTokensTest {

    private static final HostRules RULES =
            new HostRules((principal, resource) -> true, (principal, held) -> true, new FailureLog(null, () -> 0));
    private static final int NODE = 0b1010;

    private long millis = 1_000;
    private final LockTokens ofNode = LockTokens.ofNode(() -> millis, RULES, numbering());

    private static RandomGenerator numbering() {
        return () -> NODE;
    }

    private static long token(long millis) {
        return (millis << 20) + NODE;
    }

    @Test
    void next_ofNode_isTheTimeAndTheNumberOfTheNode() {
        assertThat(ofNode.next()).isEqualTo(token(1_000));
        millis = 1_234;
        assertThat(ofNode.next()).isEqualTo(token(1_234));
    }

    @Test
    void next_ofNodeWithinOneMillisecond_isTheNextOfItsNumber() {
        ofNode.next();

        assertThat(ofNode.next()).isEqualTo(token(1_001));
        assertThat(ofNode.next()).isEqualTo(token(1_002));
    }

    @Test
    void raise_toTokenOfAnotherNode_makesLaterOnesGreater() {
        ofNode.raise(Long.toString((5_000L << 20) + 3));
        assertThat(ofNode.next()).isEqualTo(token(5_001));

        ofNode.raise(Long.toString((7_000L << 20) + NODE + 1));
        assertThat(ofNode.next()).isEqualTo(token(7_001));
    }

    @Test
    void raise_toLesserTokenOrNoToken_changesNothing() {
        ofNode.next();
        ofNode.raise(Long.toString(token(10)));
        ofNode.raise("not a token");

        assertThat(ofNode.next()).isEqualTo(token(1_001));
    }

    @Test
    void next_afterTheGreatestOfANode_isRefused() {
        long greatest = (Long.MAX_VALUE >> 20 << 20) + NODE;
        ofNode.raise(Long.toString(greatest - (1L << 20)));

        assertThat(ofNode.next()).isEqualTo(greatest);
        assertThat(refusal(ofNode::next)).isEqualTo(Code.DENIED);
    }

    @Test
    void next_ofSource_isTheSourceUnlessThatGoesBack() {
        LockTokens tokens = LockTokens.of(() -> 100, RULES);

        assertThat(tokens.next()).isEqualTo(100);
        assertThat(tokens.next()).isEqualTo(101);
        tokens.raise(Long.toString(Long.MAX_VALUE - 1));
        assertThat(tokens.next()).isEqualTo(Long.MAX_VALUE);
        assertThat(refusal(tokens::next)).isEqualTo(Code.DENIED);
    }
}

package io.presence.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The order and the text of identities. */
class NodeIdTest {

    @Property
    void compareTo_ofAnyTwo_isTheOrderOfTheirDigits(
            @ForAll long high, @ForAll long low, @ForAll long otherHigh, @ForAll long otherLow) {
        NodeId one = new NodeId(high, low);
        for (NodeId other : new NodeId[] {new NodeId(otherHigh, otherLow), new NodeId(high, otherLow), one}) {
            int expected = new BigInteger(one.toString(), 16).compareTo(new BigInteger(other.toString(), 16));
            assertThat(Integer.signum(one.compareTo(other))).isEqualTo(expected);
        }
    }

    @Test
    void toString_ofAnIdentity_has32Digits() {
        assertThat(new NodeId(-2, 1)).hasToString("fffffffffffffffe0000000000000001");
    }

    @Test
    void random_twice_differs() {
        assertThat(NodeId.random()).isNotEqualTo(NodeId.random());
    }
}

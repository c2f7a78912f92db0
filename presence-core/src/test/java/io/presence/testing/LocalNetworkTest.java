package io.presence.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.presence.cluster.ClusterTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LocalNetworkTest {

    private final LocalNetwork network = LocalNetwork.create();
    private final List<String> log = new ArrayList<>();

    private ClusterTransport start(String name) {
        ClusterTransport transport = network.join(name);
        transport.start(new ClusterTransport.Receiver() {
            @Override
            public void onFrame(String member, byte[] frame) {
                log.add(name + " has " + frame[0] + " from " + member);
            }

            @Override
            public void onMembers(Set<String> others) {
                log.add(name + " sees " + new TreeSet<>(others));
            }
        });
        return transport;
    }

    @Test
    void nodes_thatJoinAndLeave_areReportedToTheOthers() {
        start("a");
        ClusterTransport b = start("b");
        b.close();
        b.close();
        assertThat(log).containsExactly("a sees []", "a sees [b]", "b sees [a]", "a sees []");
    }

    @Test
    void frames_toOneAndToAll_arriveThereAlone() {
        ClusterTransport a = start("a");
        start("b");
        start("c");
        log.clear();
        a.send("b", new byte[] {1});
        a.broadcast(new byte[] {2});
        a.send("a", new byte[] {3});
        a.send("nobody", new byte[] {4});
        assertThat(log).containsExactly("b has 1 from a", "b has 2 from a", "c has 2 from a", "a has 3 from a");
    }

    @Test
    void frame_thatIsReceived_isACopy() {
        ClusterTransport a = start("a");
        List<byte[]> received = new ArrayList<>();
        network.join("b").start(new ClusterTransport.Receiver() {
            @Override
            public void onFrame(String member, byte[] frame) {
                received.add(frame);
            }

            @Override
            public void onMembers(Set<String> others) {}
        });
        byte[] sent = {1};
        a.broadcast(sent);
        sent[0] = 2;
        assertThat(received).hasSize(1);
        assertThat(received.get(0)).containsExactly(1);
    }

    @Test
    void cut_inOneDirection_losesFramesAndInBothTheMember() {
        ClusterTransport a = start("a");
        ClusterTransport b = start("b");
        log.clear();
        network.cut("a", "b");
        a.send("b", new byte[] {1});
        b.send("a", new byte[] {2});
        network.cut("b", "a");
        b.send("a", new byte[] {3});
        network.heal();
        a.send("b", new byte[] {4});
        assertThat(log)
                .containsExactly(
                        "a has 2 from b", "a sees []", "b sees []", "a sees [b]", "b sees [a]", "b has 4 from a");
    }

    @Test
    void lose_aNode_endsItsFrames() {
        ClusterTransport a = start("a");
        start("b");
        log.clear();
        network.lose("a");
        a.broadcast(new byte[] {1});
        network.lose("nobody");
        assertThat(log).containsExactly("b sees []");
    }

    @Test
    void join_underTheNameOfANode_takesItsPlace() {
        ClusterTransport former = start("a");
        start("b");
        log.clear();
        start("a");
        former.broadcast(new byte[] {1});
        former.close();
        assertThat(log).containsExactly("b sees []", "b sees [a]", "a sees [b]");
    }

    @Test
    void names_thatAreMissing_areRefused() {
        assertThatNullPointerException().isThrownBy(() -> network.join(null)).withMessage("name must not be null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.cut("a", ""))
                .withMessage("to must not be empty");
    }
}

package io.presence.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.jgroups.FreePorts;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes as real processes, into which lines are typed. */
class NodeTest {

    private final List<Integer> ports = FreePorts.pairs(2);
    private NodeProcess one;
    private NodeProcess two;

    @BeforeEach
    void startBoth() throws Exception {
        one = start("one", ports.get(0));
        two = start("two", ports.get(1));
        one.await(line -> line.startsWith("Node one: "), "that it runs");
        two.await(line -> line.startsWith("Node two: "), "that it runs");
        one.awaitAnswer("nodes", "1 other nodes");
    }

    private NodeProcess start(String name, int port) throws Exception {
        String peers = ports.stream().map(peer -> "127.0.0.1:" + peer).collect(Collectors.joining(","));
        return NodeProcess.start(Node.class, "--port", String.valueOf(port), "--peers", peers, "--name", name);
    }

    @AfterEach
    void endBoth() {
        one.close();
        two.close();
    }

    @Test
    void presence_onOneNode_isShownLiveOnTheOther() {
        one.type("join ada lobby");
        two.await("ENTER ada in lobby: online");
        one.type("status writing a letter");
        two.await("UPDATE ada in lobby: writing a letter");

        two.type("join bob kitchen");
        one.await("ENTER bob in kitchen: online");
        one.type("who");
        one.await(line -> line.matches("bob +kitchen +online"), "the row of bob");
        one.await(line -> line.matches("ada +lobby +writing a letter"), "the row of ada");
        one.await("2 here");

        one.type("leave");
        two.await("EXIT ada in lobby: writing a letter (DISCONNECTED)");
        two.type("quit");
        one.await("EXIT bob in kitchen: online (SHUTDOWN)");
        assertThat(two.awaitEnd()).isZero();
    }

    @Test
    void presences_ofANodeThatIsKilled_leave() {
        one.type("join ada lobby");
        two.await("ENTER ada in lobby: online");
        one.kill();
        two.await("EXIT ada in lobby: online (NODE_LOST)");
        two.awaitAnswer("nodes", "0 other nodes");
    }

    @Test
    void user_whoJoinsOnAnotherNode_isMovedWithoutExitAndEnter() {
        one.type("join ada lobby");
        two.await("ENTER ada in lobby: online");
        two.type("join ada kitchen");
        one.await("UPDATE ada in kitchen: online");
        one.type("who");
        one.await("1 here");
        assertThat(two.printed()).filteredOn(line -> line.startsWith("EXIT")).isEmpty();
        assertThat(one.printed()).filteredOn(line -> line.startsWith("EXIT")).isEmpty();
    }

    @Test
    void line_thatIsNoCommand_isAnsweredAndTheNodeGoesOn() {
        one.type("dance");
        one.await("command must be one of join NAME ROOM, status TEXT, leave, who, nodes, quit: dance");
        one.type("join ada");
        one.await("command must be join NAME ROOM: join ada");
        one.type("status typing");
        one.await("join must come before status: typing");
        one.type("join ada lobby");
        one.await("ENTER ada in lobby: online");
    }
}

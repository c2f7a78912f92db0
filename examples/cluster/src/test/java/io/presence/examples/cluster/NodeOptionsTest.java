package io.presence.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class NodeOptionsTest {

    @Test
    void options_withMistakes_areRefused() {
        assertThatThrownBy(() -> NodeOptions.parse("--port", "x")).hasMessage("--port must be a number: x");
        assertThatThrownBy(() -> NodeOptions.parse("--prot", "1")).hasMessage("option must be known: --prot");
        assertThat(NodeOptions.parse("--port", "7800", "--peers", "a:1,b:2"))
                .isEqualTo(new NodeOptions("127.0.0.1", 7800, List.of("a:1", "b:2"), "127.0.0.1:7800"));
    }
}

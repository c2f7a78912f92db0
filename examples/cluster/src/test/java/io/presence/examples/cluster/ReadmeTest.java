package io.presence.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.jgroups.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code of the README compiles, since it is in {@link ReadmeSnippets}, and runs. */
class ReadmeTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java jgroups\n(.*?)^```$");

    @Test
    void blocks_ofTheReadme_areTheSnippets() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/presence/examples/cluster/ReadmeSnippets.java"));
        String readme = Files.readString(Path.of("README.md"));
        List<String> blocks =
                BLOCK.matcher(readme).results().map(found -> found.group(1)).toList();
        String unindented = source.replaceAll("(?m)^ {8}", "");

        assertThat(blocks).hasSize(4).allSatisfy(block -> assertThat(unindented).contains(block));
    }

    @Test
    void jgroups_ofTheReadme_starts() {
        int port = FreePorts.pairs(1).get(0);
        try (PresenceStore store = ReadmeSnippets.jgroups("127.0.0.1", List.of("127.0.0.1:" + port), port)) {
            store.upsert(PresenceUpsert.of("tab", "ada", "online"));
            assertThat(store.count()).isOne();
            assertThat(store.cluster()).isPresent();
        }
    }
}

package io.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page on limits shows code that compiles, and prints what its comments say. */
class LimitsGuideTest {

    private static void limits() {
        // @start
        PresenceStore store = PresenceStore.builder()
                .callerDriven()
                .maxPresencesPerUser(2)
                .scopeIdsByUser()
                .build();
        Presences ada = store.as(Principal.user("ada").build());
        Presences bob = store.as(Principal.user("bob").build());

        System.out.println(ada.upsert(PresenceUpsert.of(PresenceId.of("ada", "laptop"), "online"))
                .id());
        // ada~laptop

        try {
            bob.upsert(PresenceUpsert.of("ada~laptop", "online"));
        } catch (PresenceException e) {
            System.out.println(e.code() + ": " + e.getMessage());
        }
        // DENIED: presenceId must be one that PresenceId.of returns for userId bob: ada~laptop

        ada.upsert(PresenceUpsert.of(PresenceId.of("ada", "phone"), "online"));
        try {
            ada.upsert(PresenceUpsert.of(PresenceId.of("ada", "tv"), "online"));
        } catch (PresenceException e) {
            System.out.println(e.code() + ", retry after at most 15 minutes: "
                    + (e.retryAfter().compareTo(Duration.ofMinutes(15)) <= 0));
        }
        // LIMIT_EXCEEDED, retry after at most 15 minutes: true
        // @end
        store.close();
    }

    private static String code() throws IOException {
        String all = Files.readString(Path.of("src/test/java/io/presence/LimitsGuideTest.java"));
        int from = all.indexOf("// @start\n") + "// @start\n".length();
        return all.substring(from, all.indexOf("        // @end", from)).stripIndent();
    }

    @Test
    void page_showsTheCode() throws IOException {
        String page = Files.readString(Path.of("../docs/guide/limits.md"));
        assertThat(withoutBreaks(page)).contains(withoutBreaks("```java\n" + code() + "```\n"));
    }

    /* The formatter may break the lines of one otherwise. */
    private static String withoutBreaks(String text) {
        return text.replaceAll("\\s+", "");
    }

    @Test
    void code_printsWhatItsCommentsSay() throws IOException {
        List<String> comments = code().lines()
                .map(String::strip)
                .filter(line -> line.startsWith("// "))
                .map(line -> line.substring(3))
                .toList();
        assertThat(printed()).isEqualTo(comments).hasSize(3);
    }

    private static List<String> printed() {
        PrintStream out = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            limits();
        } finally {
            System.setOut(out);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}

package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A test that runs the Node programs in {@code sdk-test}, which use the gateways by the SDKs of Appwrite as npm has
 * them. Without npm it is skipped.
 */
class SdkTest {

    private static final Path LOG = Path.of("target", "sdk-test.log");
    private static final int NOT_INSTALLED = 3;
    private static final int MINUTES = 8;

    @Test
    void sdks_unmodified_areServed() throws Exception {
        for (String program : List.of("bash", "node", "npm")) {
            assumeOrSay(isOnPath(program), program + " is not on the PATH: the SDKs were not tested");
        }

        int exit = run();
        List<String> lines = Files.readAllLines(LOG);
        assumeOrSay(exit != NOT_INSTALLED, "npm could not install the SDKs, they were not tested: see " + LOG);

        lines.stream().filter(line -> line.startsWith("ℹ")).forEach(System.out::println);
        assertThat(exit).as(() -> String.join("\n", lines)).isZero();
        assertThat(count("pass", lines)).isPositive().isEqualTo(count("tests", lines));
    }

    /** Maven does not show why a test was skipped. */
    private static void assumeOrSay(boolean holds, String otherwise) {
        if (!holds) {
            System.out.println("SdkTest: " + otherwise);
        }
        assumeTrue(holds, otherwise);
    }

    private static int run() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "sdk-test/run")
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile());
        builder.environment().put("GATEWAY_COMMAND", command("io.presence.examples.gateway.Main"));
        builder.environment().put("MINIMAL_GATEWAY_COMMAND", command("io.presence.examples.minimal.MinimalGateway"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES))
                    .as("ended within %d minutes: see %s", MINUTES, LOG)
                    .isTrue();
            return process.exitValue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    private static String command(String main) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ObjectMapper().writeValueAsString(List.of(java, "-cp", classPath, main));
    }

    private static boolean isOnPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Returns a number of the closing lines, as in {@code ℹ tests 12}. */
    private static int count(String what, List<String> lines) {
        Pattern pattern = Pattern.compile("ℹ " + what + " (\\d+)");
        return lines.stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
                .sum();
    }
}

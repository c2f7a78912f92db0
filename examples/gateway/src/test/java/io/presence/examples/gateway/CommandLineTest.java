package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Scope;
import io.presence.examples.gateway.limit.UsageLimits;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the options and of the process. */
class CommandLineTest {

    @Test
    void options_ofTheCommandLine_areApplied() throws Exception {
        Options options = CommandLine.parse(List.of(
                "--port",
                "0",
                "--host",
                "localhost",
                "--project",
                "p",
                "--key",
                "a=b=presences.read,presences.write",
                "--key",
                "k=presences.read",
                "--one-per-user",
                "--quiet-heartbeats",
                "--origin",
                "x.example",
                "--messages-per-minute",
                "600",
                "--socket-timeout",
                "5",
                "--pongs-alone",
                "30",
                "--secret",
                "s",
                "--allowed-host",
                "y.example",
                "--trusted-proxy",
                "10.0.0.0/8",
                "--user-presences",
                "7",
                "--address-presences",
                "8",
                "--sessions-per-minute",
                "9",
                "--requests-per-minute",
                "10",
                "--address-requests",
                "11",
                "--address-sockets",
                "12"));
        assertThat(options.port()).isZero();
        assertThat(options.host()).isEqualTo("localhost");
        assertThat(options.project()).isEqualTo("p");
        assertThat(options.keys()).isEqualTo(Map.of("a=b", Set.of(Scope.values()), "k", Set.of(Scope.PRESENCES_READ)));
        assertThat(options.onePerUser()).isTrue();
        assertThat(options.quietHeartbeats()).isTrue();
        assertThat(options.origins()).containsExactly("x.example");
        assertThat(options.limits().messagesPerMinute()).isEqualTo(600);
        assertThat(options.limits().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.limits().pongsAlone()).isEqualTo(Duration.ofSeconds(30));
        assertThat(options.limits().perAddress()).isEqualTo(12);
        assertThat(options.secret()).isEqualTo(Path.of("s"));
        assertThat(options.hosts()).containsExactly("y.example");
        assertThat(options.proxies()).containsExactly("10.0.0.0/8");
        assertThat(options.usage()).isEqualTo(new UsageLimits(7, 8, 9, 10, 11));
        assertThat(CommandLine.parse(List.of())).isEqualTo(Options.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--dance | unknown option: --dance",
                "x | unknown option: x",
                "--port | --port must have a value",
                "--port 65536 | --port must be from 0 to 65535: 65536",
                "--port x | --port must be from 0 to 65535: x",
                "--project a;b | --project must be 1 to 36 of [A-Za-z0-9._-], the first a letter or digit: a;b",
                "--key x | --key must be KEY=SCOPE,SCOPE: x",
                "--key x=all | --key must have the scopes presences.read or presences.write: all",
                "--trusted-proxy x | --trusted-proxy must be an IP address or network: x",
                "--subscriptions 0 | --subscriptions must be from 1 to 1000000000: 0"
            })
    void badOptionsAreRefused(String arguments, String message) {
        assertThatThrownBy(() -> CommandLine.parse(Arrays.asList(arguments.split(" "))))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }

    private static Process gateway(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.presence.examples.gateway.Main"));
        command.addAll(List.of(options));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static int exitCode(Process process) throws Exception {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return -1;
        }
        return process.exitValue();
    }

    @Test
    void process_onSigterm_endsWithZeroAfterReportingItsAddress(@TempDir Path folder) throws Exception {
        Path sessions = Files.writeString(folder.resolve("sessions.json"), "{\"s\":{\"userId\":\"ada\"}}");
        Process process = gateway("--port", "0", "--sessions", sessions.toString());
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).matches("listening on http://127\\.0\\.0\\.1:\\d+");
            /* By its handle, since {@code Process.destroy} would close its output. */
            process.toHandle().destroy();
            assertThat(exitCode(process)).isZero();
            assertThat(out.readLine()).isNull();
        }
    }

    @Test
    void process_withAWrongOptionOrFile_endsWithTwo(@TempDir Path folder) throws Exception {
        Path wrong = Files.writeString(folder.resolve("sessions.json"), "{\"s\":{\"userId\":7}}");
        for (Process process : List.of(
                gateway("--dance"), gateway("--sessions", wrong.toString()), gateway("--sessions", folder + "/none"))) {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(exitCode(process)).as(said).isEqualTo(2);
            assertThat(said).contains("usage:");
        }
    }
}

package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.examples.gateway.account.Caller;
import io.presence.examples.gateway.account.EndedSessions;
import io.presence.examples.gateway.account.Session;
import io.presence.examples.gateway.account.Sessions;
import io.presence.examples.gateway.account.Signer;
import io.presence.examples.gateway.account.User;
import io.presence.testing.ManualClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of sessions after a restart of a gateway with a secret file. */
class RestartTest {

    private final ManualClock clock = new ManualClock();

    @TempDir
    private Path folder;

    private Sessions sessions(Signer signer, EndedSessions ended) {
        User ada = new User("ada", "Ada", true, List.of(), Map.of(), clock.instant());
        return new Sessions(Map.of("ada-secret", ada), signer, ended, clock);
    }

    private Sessions started() throws Exception {
        return sessions(
                Signer.of(folder.resolve("secret")), EndedSessions.of(folder.resolve("ended"), clock.instant()));
    }

    @Test
    void session_afterARestartWithTheSameSecret_isTheSame() throws Exception {
        Session before = started().createAnonymous();
        clock.advance(Duration.ofDays(1));

        Sessions after = started();

        assertThat(after.bySecret(before.secret())).isEqualTo(before);
        assertThat(after.knows(before.user().id())).isTrue();
        clock.advance(Duration.ofDays(365));
        assertThat(after.bySecret(before.secret())).isNull();
    }

    @Test
    void session_withAnotherSecret_isNone() {
        Session session = sessions(Signer.random(), EndedSessions.inMemory()).createAnonymous();
        Sessions other = sessions(Signer.random(), EndedSessions.inMemory());
        assertThat(other.bySecret(session.secret())).isNull();
        assertThat(other.knows(session.user().id())).isFalse();
    }

    @Test
    void session_thatWasSignedOutOf_staysEndedAfterARestart() throws Exception {
        Sessions before = started();
        Session session = before.createAnonymous();
        before.end(session);
        before.writeEnd(session);

        Sessions after = started();

        assertThat(after.bySecret(session.secret())).isNull();
        assertThat(after.isOver(Caller.of(session))).isTrue();
        clock.advance(Duration.ofDays(366));
        var unused = started();
        assertThat(Files.readAllLines(folder.resolve("ended"))).isEmpty();
    }

    @Test
    void endedFile_withACutLine_isReadUpToIt() throws Exception {
        Sessions before = started();
        Session session = before.createAnonymous();
        before.end(session);
        before.writeEnd(session);
        Path file = folder.resolve("ended");
        Files.writeString(file, Files.readString(file) + "cafe 2027-01");
        assertThat(started().bySecret(session.secret())).isNull();
    }

    @Test
    void token_thatWasChanged_isNone() throws Exception {
        Sessions sessions = started();
        Session session = sessions.createAnonymous();
        String token = new String(Base64.getUrlDecoder().decode(session.secret()), StandardCharsets.UTF_8);
        String userId = session.user().id();
        for (String forged : List.of(
                token.replace(userId, "ada"),
                token.replace(session.id(), "0".repeat(20)),
                token.replace("." + session.createdAt().getEpochSecond() + ".", ".1799999999."),
                token.substring(0, token.length() - 3) + "\"}",
                "{}",
                "[]",
                "{\"id\":\"ada\",\"secret\":\"..\"}")) {
            String secret =
                    Base64.getUrlEncoder().withoutPadding().encodeToString(forged.getBytes(StandardCharsets.UTF_8));
            assertThat(sessions.bySecret(secret)).as(forged).isNull();
        }
        assertThat(sessions.bySecret("%")).isNull();
        assertThat(sessions.knows("ada")).isTrue();
        assertThat(sessions.knows(userId.substring(0, 23) + "x")).isFalse();
    }

    @Test
    void secretFile_thatIsAbsent_isCreatedForItsOwnerOnly() throws Exception {
        Path file = folder.resolve("secret");
        var unused = Signer.of(file);
        assertThat(Files.size(file)).isGreaterThanOrEqualTo(32);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        }
    }

    @Test
    void secretFile_thatIsShort_isRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "short");
        assertThatThrownBy(() -> Signer.of(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("secret must have at least 32 bytes: 5");
    }
}

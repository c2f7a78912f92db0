package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Principal;
import io.presence.Role;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A token stands for one query, channel, principal and store; any other starts over. */
class ResumeTokenTest {

    private final TestStore test = TestStore.create();

    @AfterEach
    void close() {
        test.close();
    }

    private String token(Presences view, Channel channel, Query... filters) {
        Subscription subscription = view.subscribe(channel, event -> {}, filters);
        test.drain();
        String token = subscription.resumeToken();
        subscription.close();
        return token;
    }

    private Recorder resumed(Presences view, String token, Channel channel, Query... filters) {
        Recorder recorder = Recorder.loose();
        view.subscribe(channel, SubscriptionOptions.defaults().resumeFrom(token), recorder, filters);
        test.drain();
        return recorder;
    }

    private void write(String id, String status) {
        test.store().upsert(PresenceUpsert.of(id, "ada", status).permissions(Permission.read(Role.team("blue"))));
        test.drain();
    }

    static List<List<Query>> pairs() {
        Query both = Query.and(Query.equal("status", "a"), Query.equal("source", "b"));
        return List.of(
                List.of(Query.equal("metadata.x", "7"), Query.equal("metadata.x", 7)),
                List.of(Query.equal("status", "a", "b"), Query.equal("status", "a, b")),
                List.of(Query.equal("status", (Object) null), Query.equal("status", "null")),
                List.of(Query.equal("metadata.x", true), Query.equal("metadata.x", "true")),
                List.of(Query.equal("metadata.x", List.of(List.of(1, 2))), Query.equal("metadata.x", "[1, 2]")),
                List.of(
                        Query.equal("metadata.x", List.of(List.of(1, 2))),
                        Query.equal("metadata.x", List.of(List.of(List.of(1, 2))))),
                List.of(Query.equal("metadata.a\\.b", "x"), Query.equal("metadata.a.b", "x")),
                List.of(Query.equal("metadata.x", Map.of("a", 1)), Query.equal("metadata.x", Map.of("a", "1"))),
                List.of(Query.equal("metadata.x", 7), Query.equal("metadata.x", 7.5)),
                List.of(both, Query.equal("status", "a]], Comparison[method=EQUAL, attribute=source, values=[b")));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    @Promise("resume-token")
    void resumeFrom_tokenOfAnotherQuery_resets(List<Query> pair) {
        String token = token(test.store(), Channel.presences(), pair.get(0));
        assertThat(resumed(test.store(), token, Channel.presences(), pair.get(1))
                        .resets())
                .isOne();
        assertThat(resumed(test.store(), token, Channel.presences(), pair.get(0))
                        .resets())
                .isZero();
    }

    @Test
    void resumeFrom_tokenWithForgedRevision_resets() {
        for (int i = 0; i < 12; i++) {
            write("p" + i, "online");
        }
        Presences blue = test.store().as(Principal.user("bob").team("blue").build());
        String token = token(blue, Channel.presences());
        String mac = token.substring(token.indexOf('-'));
        assertThat(token).startsWith("12-");
        for (String revision : List.of("0", "1", "11", "13", "012", "112", "999999999999999999")) {
            assertThat(resumed(blue, revision + mac, Channel.presences()).resets())
                    .as(revision)
                    .isOne();
        }
        assertThat(resumed(blue, token, Channel.presences()).resets()).isZero();
    }

    @Test
    @Promise("resume-token")
    void resumeFrom_tokenWithAnyCharacterAltered_resets() {
        write("p", "online");
        String token = token(test.store(), Channel.presences());
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == '0' ? '1' : '0';
            String altered = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(resumed(test.store(), altered, Channel.presences()).resets())
                    .as(altered)
                    .isOne();
        }
    }

    @Test
    @Promise("resume-token")
    void resumeFrom_tokenOfAnotherPrincipalOrRoles_resets() {
        write("p", "online");
        Presences bob = test.user("bob");
        String token = token(bob, Channel.presences());
        assertThat(resumed(bob, token, Channel.presences()).resets()).isZero();
        assertThat(resumed(test.user("eve"), token, Channel.presences()).resets())
                .isOne();
        assertThat(resumed(test.store(), token, Channel.presences()).resets()).isOne();
        Presences inBlue = test.store().as(Principal.user("bob").team("blue").build());
        assertThat(resumed(inBlue, token, Channel.presences()).resets()).isOne();
    }

    @Test
    @Promise("resume-token")
    void resumeFrom_tokenOfAnotherChannelOrStore_resets() {
        write("p", "online");
        String token = token(test.store(), Channel.presence("p"));
        assertThat(resumed(test.store(), token, Channel.presence("p")).resets()).isZero();
        assertThat(resumed(test.store(), token, Channel.presence("q")).resets()).isOne();
        assertThat(resumed(test.store(), token, Channel.presences(), Query.equal("$id", "p"))
                        .resets())
                .isOne();
        try (TestStore other = TestStore.create()) {
            Recorder recorder = Recorder.loose();
            other.store()
                    .subscribe(
                            Channel.presence("p"),
                            SubscriptionOptions.defaults().resumeFrom(token),
                            recorder);
            other.drain();
            assertThat(recorder.resets()).isOne();
        }
    }

    @Test
    void resumeToken_always_isAtMost64Characters() {
        assertThat(token(test.store(), Channel.presences()).length()).isLessThanOrEqualTo(64);
    }
}

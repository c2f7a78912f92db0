package io.presence.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Resume tokens. Only the token itself resumes; each other text resets, and a snapshot follows.
 *
 * <p>Fails within 20 texts if the code in a token is not compared.
 */
class ResumeTokenFuzzTest {

    private static final long ITERATIONS = 2000;
    private static final int POSITIONS = 12;
    private static final List<String> WORDS = List.of(
            "-", "0", "1", "none", "a", "f", "A", " ", "\n", "\u0661", "9".repeat(18), "9".repeat(19), "00", "+");

    private final TestStore test = TestStore.create();
    private final TestStore other = TestStore.create();
    private final List<String> tokens = new ArrayList<>();
    private String last;

    @BeforeEach
    void take() {
        Query online = Query.equal("status", "online");
        for (int i = 0; i < POSITIONS; i++) {
            for (TestStore store : List.of(test, other)) {
                store.store().upsert(PresenceUpsert.of("p" + i, "ada", "online").metadata(Map.of("n", i)));
                store.drain();
            }
            last = token(test, test.store());
            tokens.addAll(List.of(
                    last,
                    token(test, test.user("ada")),
                    token(test, test.store(), online),
                    token(other, other.store())));
        }
    }

    @AfterEach
    void close() {
        test.close();
        other.close();
    }

    private static String token(TestStore store, Presences view, Query... filters) {
        Subscription subscription = view.subscribe(Channel.presences(), event -> {}, filters);
        store.drain();
        String token = subscription.resumeToken();
        subscription.close();
        return token;
    }

    @Test
    void resumeFrom_anyText_resumesFromItsOwnPositionOrResets() {
        List<String> own = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i += 4) {
            own.add(tokens.get(i));
        }
        List<String> valid = new ArrayList<>(tokens);
        valid.addAll(own);
        valid.add("9".repeat(19) + last.substring(last.indexOf('-')));
        Fuzz.run(
                        "tokens",
                        ITERATIONS,
                        seed -> Mutator.ofTexts(seed, valid, WORDS).next(),
                        text -> {
                            int position = own.indexOf(text);
                            assertThat(changesSince(text))
                                    .as("changes after %s", text)
                                    .isEqualTo(position < 0 ? -1 : POSITIONS - 1 - position);
                            return position >= 0;
                        })
                .assertBoth();
    }

    /* The changes that are delivered, or -1 after a reset. */
    private int changesSince(String token) {
        Recorder recorder = Recorder.loose();
        Subscription subscription = test.store()
                .subscribe(Channel.presences(), SubscriptionOptions.defaults().resumeFrom(token), recorder);
        test.drain();
        subscription.close();
        if (recorder.resets() > 0) {
            assertThat(recorder.assembled()).hasSize(POSITIONS);
            return -1;
        }
        return recorder.events().size();
    }
}

package io.presence.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceEvent.Change;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Role;
import io.presence.Subscription;
import io.presence.Subscription.CloseReason;
import io.presence.SubscriptionOptions;
import io.presence.fixture.ManualExecutor;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import io.presence.query.QueryException;
import io.presence.query.QueryLimits;
import io.presence.session.NamedFilterEvent.NamedChange;
import io.presence.testing.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NamedFiltersTest {

    private static final NamedFilters ROOM_AND_TYPING =
            NamedFilters.of("room", Query.equal("metadata.room", "r1")).and("typing", Query.equal("status", "typing"));
    private static final SubscriptionOptions SNAPSHOT =
            SubscriptionOptions.defaults().withSnapshot();

    private final TestStore test = TestStore.create();
    private final List<String> calls = new ArrayList<>();

    @AfterEach
    void close() {
        test.close();
    }

    /* Records each call as one line. */
    private NamedFilterListener recording() {
        return new NamedFilterListener() {
            @Override
            public void onEvent(NamedFilterEvent event) {
                calls.add(line(event));
            }

            @Override
            public void onSynced(long revision) {
                calls.add("synced");
            }

            @Override
            public void onReset() {
                calls.add("reset");
            }

            @Override
            public void onClosed(CloseReason reason) {
                calls.add("closed " + reason);
            }
        };
    }

    private static String line(NamedFilterEvent event) {
        StringBuilder line = new StringBuilder(event.presence().id());
        for (NamedChange change : event.changes()) {
            line.append(' ').append(change.name()).append(' ').append(change.change());
            if (change.cause() != null) {
                line.append(' ').append(change.cause());
            }
        }
        return line.toString();
    }

    private void write(String status, String room) {
        test.store().upsert(PresenceUpsert.of("p", "ada", status).metadata(Map.of("room", room)));
        test.drain();
    }

    private List<String> take() {
        List<String> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    @Test
    void onEvent_changeOfSeveralNames_isCalledOnceWithAll() {
        test.store().subscribe(Channel.presences(), SNAPSHOT, recording(), ROOM_AND_TYPING);
        test.drain();
        assertThat(take()).containsExactly("synced");

        write("typing", "r1");
        assertThat(take()).containsExactly("p room ENTER typing ENTER");
        write("online", "r1");
        assertThat(take()).containsExactly("p room UPDATE typing EXIT NO_LONGER_MATCHES");
        write("typing", "r2");
        assertThat(take()).containsExactly("p room EXIT NO_LONGER_MATCHES typing ENTER");
        write("online", "r2");
        assertThat(take()).containsExactly("p typing EXIT NO_LONGER_MATCHES");
        write("away", "r2");
        assertThat(take()).isEmpty();
        write("typing", "r1");
        test.store().delete("p");
        test.drain();
        assertThat(take()).containsExactly("p room ENTER typing ENTER", "p room EXIT DELETED typing EXIT DELETED");
    }

    @Test
    void onEvent_expiry_hasItsCauseForEachName() {
        test.store().subscribe(Channel.presences(), SNAPSHOT, recording(), ROOM_AND_TYPING);
        test.store()
                .upsert(PresenceUpsert.of("p", "ada", "typing")
                        .metadata(Map.of("room", "r1"))
                        .expiresIn(Duration.ofSeconds(1)));
        test.drain();
        take();

        test.pass(Duration.ofSeconds(2));

        assertThat(take()).containsExactly("p room EXIT EXPIRED typing EXIT EXPIRED");
    }

    @Test
    void onEvent_permissionRevoked_isNoLongerReadableForEachName() {
        PresenceUpsert readable = PresenceUpsert.of("p", "ada", "typing").metadata(Map.of("room", "r1"));
        test.store().upsert(readable.permissions(Permission.read(Role.any())));
        test.user("bob").subscribe(Channel.presences(), SNAPSHOT, recording(), ROOM_AND_TYPING);
        test.drain();
        take();

        test.store().upsert(PresenceUpsert.of("p", "ada", "online").permissions(List.of()));
        test.drain();

        assertThat(take()).containsExactly("p room EXIT NO_LONGER_READABLE typing EXIT NO_LONGER_READABLE");
    }

    @Test
    void switchPrincipal_toOneThatReadsLess_movesAllNamesInOneCall() {
        PresenceUpsert upsert = PresenceUpsert.of("p", "ada", "typing").metadata(Map.of("room", "r1"));
        test.store().upsert(upsert);
        Subscription subscription =
                test.user("ada").subscribe(Channel.presences(), SNAPSHOT, recording(), ROOM_AND_TYPING);
        test.drain();
        take();

        subscription.switchPrincipal(Principal.user("bob").build());
        test.drain();

        assertThat(take()).containsExactly("p room EXIT NO_LONGER_READABLE typing EXIT NO_LONGER_READABLE", "synced");
    }

    @Test
    void onEvent_whileSlow_isConflatedForAllNamesTogether() {
        ManualExecutor executor = new ManualExecutor();
        test.store().subscribe(Channel.presences(), SNAPSHOT.executor(executor), recording(), ROOM_AND_TYPING);
        write("typing", "r1");
        executor.runAll();
        take();

        write("online", "r1");
        write("typing", "r1");
        write("online", "r2");
        write("typing", "r2");
        executor.runAll();

        assertThat(take()).containsExactly("p room EXIT NO_LONGER_MATCHES typing UPDATE");
    }

    @Test
    void onReset_beyondMaxPending_resetsAllNames() {
        ManualExecutor executor = new ManualExecutor();
        test.store()
                .subscribe(
                        Channel.presences(), SNAPSHOT.executor(executor).maxPending(1), recording(), ROOM_AND_TYPING);
        test.drain();
        executor.runAll();
        take();

        for (String id : List.of("p", "q", "r")) {
            test.store().upsert(PresenceUpsert.of(id, "ada", "typing"));
            test.drain();
        }
        while (executor.size() > 0) {
            executor.runAll();
            test.drain();
        }

        assertThat(take()).startsWith("reset").endsWith("synced").contains("p typing ENTER", "r typing ENTER");
    }

    @Test
    void subscribe_resettingOptionsWithoutOnReset_isRefused() {
        NamedFilterListener lambda = event -> {};

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        test.store().subscribe(Channel.presences(), SNAPSHOT.maxPending(5), lambda, ROOM_AND_TYPING))
                .withMessageStartingWith("listener must override onReset() for maxPending")
                .withMessageContaining(lambda.getClass().getName());
    }

    @Test
    void resumeToken_ofTheSameNames_continuesAndOfOthersStartsOver() {
        Subscription first = test.store().subscribe(Channel.presences(), SNAPSHOT, recording(), ROOM_AND_TYPING);
        write("typing", "r1");
        String token = first.resumeToken();
        first.close();
        write("online", "r1");
        take();

        SubscriptionOptions resumed = SNAPSHOT.resumeFrom(token);
        test.store().subscribe(Channel.presences(), resumed, recording(), ROOM_AND_TYPING);
        test.drain();
        assertThat(take()).containsExactly("p room UPDATE typing EXIT NO_LONGER_MATCHES", "synced");

        /* The same filters, with the names exchanged: the subscriptions as a whole have equal filters. */
        NamedFilters exchanged = NamedFilters.of("typing", Query.equal("metadata.room", "r1"))
                .and("room", Query.equal("status", "typing"));
        test.store().subscribe(Channel.presences(), resumed, recording(), exchanged);
        test.drain();
        assertThat(take()).containsExactly("reset", "p typing ENTER", "synced");
    }

    @Test
    void onClosed_byTheStore_isPassedOn() {
        test.store().subscribe(Channel.presences(), SNAPSHOT, recording(), ROOM_AND_TYPING);
        test.drain();
        take();

        test.store().close();

        assertThat(take()).containsExactly("closed STORE_CLOSED");
    }

    @Test
    void subscribe_tooExpensiveTogether_isRefused() {
        NamedFilters all = NamedFilters.of("n0", expensive(0));
        QueryLimits.DEFAULT.check(expensive(0));
        for (int i = 1; i < NamedFilters.MAX_NAMES; i++) {
            all = all.and("n" + i, expensive(i));
        }
        NamedFilters tooExpensive = all;

        assertThatThrownBy(() -> test.store().subscribe(Channel.presences(), SNAPSHOT, recording(), tooExpensive))
                .isInstanceOfSatisfying(
                        QueryException.class,
                        refused -> assertThat(refused.code()).isEqualTo(QueryException.Code.LIMIT_EXCEEDED))
                .hasMessageContaining("worst-case operations must be at most 1000000");
        assertThatThrownBy(() -> tooExpensive.check(QueryLimits.DEFAULT)).isInstanceOf(QueryException.class);
    }

    /* A list of a presence can have thousands of elements, each of which is tested with all conditions. */
    private static Query.Filter expensive(int number) {
        return Query.elemMatch(
                "metadata.list",
                IntStream.range(0, 4)
                        .mapToObj(i -> Query.notEqual("k" + number + "x" + i, i))
                        .toArray(Query.Filter[]::new));
    }

    @Test
    void subscribe_filterThatIsNotLive_isRefused() {
        NamedFilters wrong = ROOM_AND_TYPING.and("late", Query.isNotNull("expiresAt"));

        assertThatThrownBy(() -> test.store().subscribe(Channel.presences(), SNAPSHOT, recording(), wrong))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("heartbeats");
    }

    @Test
    void and_invalidName_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamedFilters.of(""))
                .withMessage("name must have 1 to 64 characters: 0");
        assertThatIllegalArgumentException().isThrownBy(() -> NamedFilters.of("x".repeat(65)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ROOM_AND_TYPING.and("room"))
                .withMessage("name must be different from the other names: room");
        assertThatNullPointerException().isThrownBy(() -> NamedFilters.of(null)).withMessage("name must not be null");
        assertThatThrownBy(() -> NamedFilters.of("page", Query.limit(1))).isInstanceOf(QueryException.class);
    }

    @Test
    void and_moreThanMaxNames_isRefused() {
        NamedFilters all = NamedFilters.of("n0");
        for (int i = 1; i < NamedFilters.MAX_NAMES; i++) {
            all = all.and("n" + i);
        }
        NamedFilters full = all;

        assertThat(full.names()).hasSize(16).startsWith("n0", "n1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> full.and("more"))
                .withMessage("names must be at most 16: 17");
    }

    @Test
    void equals_sameNamesAndFilters_isTrue() {
        NamedFilters same = NamedFilters.of("room", Query.equal("metadata.room", "r1"))
                .and("typing", Query.equal("status", "typing"));

        assertThat(same).isEqualTo(ROOM_AND_TYPING).hasSameHashCodeAs(ROOM_AND_TYPING);
        assertThat(same).isNotEqualTo(same.and("all")).hasToString(ROOM_AND_TYPING.toString());
        assertThat(same.filter("room")).isEqualTo(Query.equal("metadata.room", "r1"));
        assertThat(same.filter("none")).isNull();
    }

    @Test
    void namedFilterEvent_withoutChange_isRefused() {
        var event = Samples.enter(Samples.presence(PresenceUpsert.of("p", "ada", "online")));
        NamedChange change = new NamedChange("room", Change.ENTER, null);

        assertThatIllegalArgumentException().isThrownBy(() -> new NamedFilterEvent(event, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new NamedChange("room", Change.ENTER, Cause.DELETED));
        assertThatIllegalArgumentException().isThrownBy(() -> new NamedChange("room", Change.EXIT, null));
        NamedFilterEvent named = new NamedFilterEvent(event, List.of(change));
        assertThat(named.change("room")).isSameAs(change);
        assertThat(named.change("typing")).isNull();
        assertThat(named.revision()).isEqualTo(event.revision());
        assertThat(named.previous()).isNull();
    }

    @Test
    void subscribe_channelOfOneAction_hasEachEventByName() {
        test.store()
                .subscribe(
                        Channel.parse("presences.update"),
                        SubscriptionOptions.defaults(),
                        recording(),
                        ROOM_AND_TYPING);
        write("online", "r1");
        test.store().update("p", PresencePatch.none().status("typing"));
        test.drain();

        assertThat(take()).containsExactly("p room UPDATE typing ENTER");
    }
}

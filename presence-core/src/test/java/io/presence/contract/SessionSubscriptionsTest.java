package io.presence.contract;

import static io.presence.contract.ErrorCodes.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.PresenceException.Code;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Role;
import io.presence.Scope;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import io.presence.session.NamedFilterListener;
import io.presence.session.NamedFilters;
import io.presence.session.PresenceSession;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The subscriptions of a session: together paused, resumed, switched to another principal and closed. */
class SessionSubscriptionsTest {

    private static final Principal ADA = Principal.user("ada").build();
    private static final Principal BOB = Principal.user("bob").build();

    private final TestStore test = TestStore.create(builder -> builder.maxSubscriptionsPerUser(3));
    private final PresenceStore store = test.store();
    private final PresenceSession session = store.open(ADA);

    @AfterEach
    void close() {
        test.close();
    }

    private Recorder subscribe() {
        Recorder recorder = Recorder.loose();
        session.subscribe(Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), recorder);
        test.drain();
        return recorder;
    }

    private void write(String id, String user) {
        store.upsert(PresenceUpsert.of(id, user, "online"));
        test.drain();
    }

    @Test
    void subscribe_always_seesAsThePrincipal() {
        write("a", "ada");
        write("b", "bob");
        Recorder filtered = Recorder.loose();
        session.subscribe(Channel.presences(), filtered, Query.equal("status", "away"));
        assertThat(subscribe().takeLines()).containsExactly("ENTER a online");
        assertThat(filtered.takeLines()).isEmpty();
    }

    @Test
    void close_ofSession_closesItsSubscriptions() {
        Recorder one = subscribe();
        Recorder two = subscribe();
        session.close();
        test.drain();
        write("a", "ada");
        assertThat(one.takeLines()).isEmpty();
        assertThat(two.takeLines()).isEmpty();
        assertThat(store.stats().subscriptions()).isZero();
        assertRefused(Code.SESSION_CLOSED, () -> session.subscribe(Channel.presences(), Recorder.loose()));
    }

    @Test
    void subscribe_toNamedFilters_isOneListenerThatPausesAndEndsWithTheSession() {
        List<String> calls = new ArrayList<>();
        NamedFilterListener listener = event -> event.changes()
                .forEach(change -> calls.add(event.presence().id() + " " + change.name() + " " + change.change()));
        NamedFilters filters =
                NamedFilters.of("online", Query.equal("status", "online")).and("mine", Query.equal("userId", "ada"));
        session.pause();
        session.subscribe(Channel.presences(), SubscriptionOptions.defaults(), listener, filters);
        write("a", "ada");
        write("b", "bob");
        assertThat(calls).isEmpty();
        session.resume();
        test.drain();
        assertThat(calls).containsExactly("a online ENTER", "a mine ENTER");
        session.close();
        write("c", "ada");
        assertThat(calls).hasSize(2);
        assertThat(store.stats().subscriptions()).isZero();
        assertRefused(
                Code.SESSION_CLOSED,
                () -> session.subscribe(Channel.presences(), SubscriptionOptions.defaults(), listener, filters));
    }

    @Test
    void closed_oneByOne_areForgotten() {
        for (int i = 0; i < 1_000; i++) {
            session.subscribe(Channel.presences(), Recorder.loose()).close();
        }
        test.drain();
        assertThat(store.stats().subscriptions()).isZero();
        session.close();
    }

    @Test
    void pause_ofSession_holdsLaterSubscriptionsToo() {
        Recorder early = subscribe();
        session.pause();
        Recorder late = subscribe();
        write("a", "ada");
        assertThat(early.takeLines()).isEmpty();
        assertThat(late.takeLines()).isEmpty();
        session.resume();
        test.drain();
        assertThat(early.takeLines()).containsExactly("ENTER a online");
        assertThat(late.takeLines()).containsExactly("ENTER a online");
    }

    @Test
    @Promise("session-switch")
    void switchPrincipal_toAnotherUser_endsPresencesAndShowsWhatIsReadable() {
        write("b", "bob");
        Recorder recorder = subscribe();
        session.upsert(PresenceUpsert.of("a", "online").permissions(Permission.read(Role.users())));
        test.drain();
        assertThat(recorder.takeLines()).containsExactly("ENTER a online");
        Recorder trusted = test.follow(store);
        trusted.takeLines();

        session.switchPrincipal(BOB);
        assertThat(session.principal()).isEqualTo(BOB);
        assertThat(store.get("a")).isNull();
        test.drain();
        assertThat(trusted.takeLines()).containsExactly("EXIT a DISCONNECTED");
        assertThat(recorder.assembled()).containsOnlyKeys("b");
        session.upsert(PresenceUpsert.of("c", "online"));
        assertThat(store.get("c").userId()).isEqualTo("bob");
    }

    @Test
    void switchPrincipal_ofTheSameUser_keepsThePresences() {
        session.upsert(PresenceUpsert.of("a", "online"));
        session.switchPrincipal(Principal.user("ada").team("blue").build());
        assertThat(session.touch()).isEqualTo(1);
    }

    @Test
    @Promise("session-switch")
    void switchPrincipal_beyondTheLimitOfTheUser_changesNothing() {
        Recorder one = subscribe();
        Recorder two = subscribe();
        session.upsert(PresenceUpsert.of("a", "online"));
        List<Subscription> ofBob = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            ofBob.add(store.as(BOB).subscribe(Channel.presences(), Recorder.loose()));
        }
        assertRefused(Code.LIMIT_EXCEEDED, () -> session.switchPrincipal(BOB));

        write("b", "bob");
        assertThat(session.principal()).isEqualTo(ADA);
        assertThat(session.touch()).isEqualTo(1);
        assertThat(one.assembled()).containsOnlyKeys("a");
        assertThat(two.assembled()).containsOnlyKeys("a");
        ofBob.get(0).close();
        session.switchPrincipal(BOB);
        test.drain();
        assertThat(one.assembled()).containsOnlyKeys("b");
        assertThat(two.assembled()).containsOnlyKeys("b");
    }

    @Test
    @Promise("session-switch")
    void switchPrincipal_withoutScope_changesNothing() {
        subscribe();
        session.upsert(PresenceUpsert.of("a", "online"));
        Principal writer = Principal.user("ada").scopes(Scope.PRESENCES_WRITE).build();
        assertRefused(Code.SCOPE_MISSING, () -> session.switchPrincipal(writer));
        assertThat(session.principal()).isEqualTo(ADA);
        session.subscribe(Channel.presences(), Recorder.loose());
    }
}

package io.presence.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceStore;
import io.presence.SubscriptionOptions;
import io.presence.fixture.ManualExecutor;
import io.presence.user.UserEvent;
import io.presence.user.UserListener;
import io.presence.user.UserPresence;
import io.presence.user.UserSubscription;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A listener of users that checks each event against the earlier ones, and that no secret is delivered. */
final class UserFollower implements UserListener {

    static final String SECRET = "secret";

    final ManualExecutor executor = new ManualExecutor();
    private final ViewFilter filter;
    private final UserSubscription subscription;
    private final Map<String, UserPresence> assembled = new TreeMap<>();
    private ViewCaller caller;
    private boolean isClosed;
    private boolean isSynced;

    UserFollower(PresenceStore store, ViewCaller caller, ViewFilter filter, boolean isSlow, int maxPending) {
        this.caller = caller;
        this.filter = filter;
        SubscriptionOptions options = SubscriptionOptions.defaults();
        options = isSlow ? options.executor(executor) : options.onDispatcher();
        options = maxPending == 0 ? options : options.maxPending(maxPending);
        this.subscription = caller.view(store).users(options, this, filter.queries());
    }

    @Override
    public void onEvent(UserEvent event) {
        UserPresence user = event.user();
        UserPresence known = assembled.get(user.userId());
        assertThat(isClosed).as("called after close: %s", event).isFalse();
        switch (event.change()) {
            case ENTER ->
                assertThat(known).as("entered while inside: %s", event).isNull();
            case UPDATE -> {
                assertThat(event.previous()).as("previous of %s", event).isEqualTo(known);
                assertThat(user).as("update without a change").isNotEqualTo(known);
            }
            case EXIT -> assertThat(user).as("exit of another: %s", event).isEqualTo(known);
        }
        if (event.cause() != null) {
            assembled.remove(user.userId());
            return;
        }
        assembled.put(user.userId(), user);
        assertThat(user.status().equals(SECRET)
                        && !caller.isTrusted()
                        && !user.userId().equals(caller.userId()))
                .as("a secret of another user: %s to %s", event, caller)
                .isFalse();
    }

    @Override
    public void onSynced(long revision) {
        isSynced = true;
    }

    @Override
    public void onReset() {
        assembled.clear();
        isSynced = false;
    }

    void become(ViewCaller other) {
        if (!isClosed && !other.isTrusted()) {
            subscription.switchPrincipal(other.principal());
            caller = other;
        }
    }

    void pause() {
        subscription.pause();
    }

    void resume() {
        subscription.resume();
    }

    void close() {
        subscription.close();
        isClosed = true;
    }

    void check(ViewLog log, long now) {
        if (isClosed) {
            return;
        }
        Map<String, UserPresence> expected = log.users(now, caller, filter.model());
        assertThat(differences(expected)).as("users of %s, %s", caller, filter).isEmpty();
        assertThat(isSynced).as("in sync").isTrue();
        assertThat(subscription.size()).isEqualTo(expected.size());
        expected.forEach((user, merged) -> assertThat(subscription.of(user)).isEqualTo(merged));
        assertThat(subscription.pendingCount()).isZero();
    }

    /** The users that differ, as expected and as delivered. */
    private Map<String, String> differences(Map<String, UserPresence> expected) {
        Set<String> all = new TreeSet<>(expected.keySet());
        all.addAll(assembled.keySet());
        Map<String, String> differences = new TreeMap<>();
        for (String user : all) {
            if (!Objects.equals(expected.get(user), assembled.get(user))) {
                differences.put(user, expected.get(user) + " but was " + assembled.get(user));
            }
        }
        return differences;
    }
}

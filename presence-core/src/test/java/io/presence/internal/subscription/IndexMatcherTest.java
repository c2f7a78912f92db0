package io.presence.internal.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceEvent.Change;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Role;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.delivery.QuietDeliveryHost;
import io.presence.internal.delivery.StateChange;
import io.presence.internal.store.Access;
import io.presence.internal.store.ActionSet;
import io.presence.internal.store.PresenceState;
import io.presence.internal.store.PrincipalAccess;
import io.presence.internal.store.TrustedAccess;
import io.presence.query.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The index finds the subscriptions that asking each of them finds. */
class IndexMatcherTest {

    private static final List<String> USERS = List.of("ada", "bob", "eve");
    private static final List<Permission> GRANTS = List.of(
            Permission.read(Role.any()),
            Permission.read(Role.users()),
            Permission.read(Role.team("blue")),
            Permission.read(Role.user("eve")),
            Permission.read(Role.guests()),
            Permission.update(Role.any()));
    private static final List<Access> CALLERS = List.of(
            TrustedAccess.INSTANCE,
            new PrincipalAccess(Principal.user("ada").team("blue").build()),
            new PrincipalAccess(Principal.user("eve").verified(true).build()),
            new PrincipalAccess(Principal.guest().build()));

    private static final QuietDeliveryHost BUS = new QuietDeliveryHost();

    private final SplittableRandom random = new SplittableRandom(20_261_124);
    private final Matcher index = new IndexMatcher();
    private final Matcher scan = new ScanMatcher();
    private final List<LiveSubscription> open = new ArrayList<>();
    private final States states = new States();

    @Test
    @Promise("engines-agree")
    void match_randomSubscriptionsAndChanges_agreesWithTheScan() {
        for (int i = 0; i < 300; i++) {
            open();
        }
        int found = 0;
        for (int revision = 1; revision <= 1_000; revision++) {
            StateChange step = step(revision);
            Map<LiveSubscription, Change> expected = matches(scan, step);
            assertThat(matches(index, step)).isEqualTo(expected);
            found += expected.size();
            closeOne();
            open();
        }

        assertThat(found).isGreaterThan(10_000);
    }

    @Test
    void remove_absentSubscription_doesNothing() {
        LiveSubscription subscription = subscription();

        index.remove(subscription);

        assertThat(matches(index, step(1))).isEmpty();
    }

    private static Map<LiveSubscription, Change> matches(Matcher matcher, StateChange step) {
        Map<LiveSubscription, Change> matches = new LinkedHashMap<>();
        matcher.match(step, (subscription, matched, change) -> {
            assertThat(matched).isSameAs(step);
            assertThat(matches.put(subscription, change)).isNull();
        });
        return matches;
    }

    private void open() {
        LiveSubscription subscription = subscription();
        open.add(subscription);
        index.add(subscription);
        scan.add(subscription);
    }

    private void closeOne() {
        LiveSubscription gone = open.remove(random.nextInt(open.size()));
        index.remove(gone);
        scan.remove(gone);
    }

    private LiveSubscription subscription() {
        Channel channel = random.nextInt(3) == 0 ? Channel.presence("p" + random.nextInt(6)) : Channel.presences();
        return new LiveSubscription(BUS, channel, one(CALLERS), filter(), SubscriptionOptions.defaults(), event -> {});
    }

    private Query.Filter filter() {
        return switch (random.nextInt(8)) {
            case 0 -> Query.everything();
            case 1 -> Query.equal("status", "online", "away");
            case 2 -> Query.and(Query.equal("status", "online"), Query.equal("metadata.zone", random.nextInt(5)));
            case 3 -> Query.between("metadata.zone", random.nextInt(5), random.nextInt(5));
            case 4 -> Query.or(Query.startsWith("userId", "a"), Query.isNull("metadata.zone"));
            case 5 -> Query.createdAfter(States.START.plusMillis(random.nextInt(2_000)));
            case 6 -> Query.notEqual("userId", one(USERS));
            default -> Query.contains("metadata.tags", "red", "blue");
        };
    }

    private StateChange step(long revision) {
        PresenceState before = random.nextInt(4) == 0 ? null : state();
        PresenceState after = before != null && random.nextInt(4) == 0 ? null : state();
        Cause end = after == null ? Cause.DELETED : null;
        return new StateChange(revision, 0, before, after, end, ActionSet.mask(Action.UPSERT));
    }

    private PresenceState state() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        if (random.nextInt(4) != 0) {
            metadata.put("zone", random.nextInt(5));
        }
        metadata.put("tags", List.of(one(List.of("red", "green", "blue")), one(List.of("red", "green"))));
        PresenceUpsert upsert = PresenceUpsert.of(
                        "p" + random.nextInt(6), one(USERS), one(List.of("online", "away", "busy")))
                .metadata(metadata);
        return states.of(random.nextInt(3) == 0 ? upsert : upsert.permissions(one(GRANTS), one(GRANTS)));
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}

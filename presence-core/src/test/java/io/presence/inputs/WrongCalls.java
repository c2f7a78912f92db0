package io.presence.inputs;

import static io.presence.inputs.WrongInput.absent;
import static io.presence.inputs.WrongInput.argument;
import static io.presence.inputs.WrongInput.query;
import static io.presence.inputs.WrongInput.request;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Principal;
import io.presence.Role;
import io.presence.Scope;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.Version;
import io.presence.query.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Calls of a store, of a principal's view and of a subscription. */
final class WrongCalls {

    private static final Query[] NO_QUERIES = null;
    private static final Channel ALL = Channel.presences();
    private static final SubscriptionOptions OPTIONS = SubscriptionOptions.defaults();
    private static final PresenceUpsert UPSERT = PresenceUpsert.of("p", "online");

    private final PresenceStore store = PresenceStore.builder()
            .callerDriven()
            .maxTtl(Duration.ofHours(1))
            .wallClock(() -> Instant.EPOCH)
            .build();
    private final Presences guest = store.as(Principal.guest().build());
    private final Presences ada = store.as(Principal.user("ada").build());
    private final Presences bob = store.as(Principal.user("bob").build());
    private final Presences reader =
            store.as(Principal.user("ada").scopes(Scope.PRESENCES_READ).build());

    private WrongCalls() {
        ada.upsert(PresenceUpsert.of("adas", "online").permissions(Permission.read(Role.any())));
        ada.upsert(PresenceUpsert.of("hidden", "online"));
    }

    static Stream<WrongInput> rows() {
        WrongCalls calls = new WrongCalls();
        return Stream.of(calls.absentArguments(), calls.writes(), calls.rights(), calls.queries(), calls.listening())
                .flatMap(List::stream);
    }

    private List<WrongInput> absentArguments() {
        return List.of(
                absent("upsert null", "upsert must not be null", () -> store.upsert(null)),
                absent("update of null", "id must not be null", () -> ada.update(null, PresencePatch.none())),
                absent("update by null", "patch must not be null", () -> ada.update("p", null)),
                absent("touch of null", "id must not be null", () -> store.touch(null)),
                absent("touch for null", "ttl must not be null", () -> store.touch("p", null)),
                absent("get null", "id must not be null", () -> ada.get(null)),
                absent("delete null", "id must not be null", () -> ada.delete(null)),
                absent("delete of null version", "version must not be null", () -> ada.delete("p", null)),
                absent("upsert of all of null", "upserts must not be null", () -> ada.upsertAll(null)),
                absent("list null", "queries must not be null", () -> ada.list(NO_QUERIES)),
                absent("list of one that is null", "queries[1] must not be null", () -> ada.list(Query.limit(1), null)),
                absent("count of one that is null", "filters[0] must not be null", () -> ada.count((Query) null)),
                absent("explain of one that is null", "queries[0] must not be null", () -> store.explain((Query) null)),
                absent("explain access of null", "principal must not be null", () -> store.explainAccess(null, "p")),
                absent(
                        "explain access to null",
                        "id must not be null",
                        () -> store.explainAccess(Principal.guest().build(), null)),
                absent("as null", "principal must not be null", () -> store.as(null)));
    }

    private List<WrongInput> writes() {
        return List.of(
                argument(
                        "upsert without an owner",
                        "userId must be named in PresenceUpsert.of by a trusted caller: null",
                        () -> store.upsert(UPSERT)),
                argument(
                        "lifetime beyond the most",
                        "expiresIn must be positive and at most PT1H: PT2H",
                        () -> ada.upsert(UPSERT.expiresIn(Duration.ofHours(2)))),
                argument(
                        "end of life that is past",
                        "expiresAt must be after 1970-01-01T00:00:00Z and at most 1970-01-01T01:00:00Z: "
                                + "1970-01-01T00:00:00Z",
                        () -> ada.upsert(UPSERT.expiresAt(Instant.EPOCH))),
                argument(
                        "heartbeat of no length",
                        "ttl must be positive and at most PT1H: PT0S",
                        () -> ada.touch("adas", Duration.ZERO)),
                request(
                        "upsert of what must be absent",
                        "presence must be absent for ifAbsent: adas",
                        () -> ada.upsert(PresenceUpsert.of("adas", "s").ifAbsent())),
                request(
                        "update of another version",
                        "presence must have the required version: adas",
                        () -> ada.update("adas", PresencePatch.none().ifVersion(Version.of(0, 0)))),
                request(
                        "delete of another version",
                        "presence must have the required version: adas",
                        () -> ada.delete("adas", Version.of(0, 0))),
                request(
                        "update of nothing",
                        "presence must exist and be readable: none",
                        () -> ada.update("none", PresencePatch.none().status("s"))));
    }

    private List<WrongInput> rights() {
        PresenceUpsert granting = UPSERT.permissions(Permission.read(Role.team("red")));
        return List.of(
                request(
                        "guest that writes",
                        "principal must be signed in to write, as Principal.user(id) is: guest",
                        () -> guest.upsert(UPSERT)),
                request(
                        "writer without the scope",
                        "principal must hold the scope presences.write: user:ada",
                        () -> reader.touch("p")),
                request(
                        "id of another user",
                        "presenceId is already in use: hidden",
                        () -> bob.upsert(PresenceUpsert.of("hidden", "s"))),
                request(
                        "owner who is another",
                        "userId must be the principal's own, bob: ada",
                        () -> bob.upsert(PresenceUpsert.of("p", "ada", "s"))),
                request(
                        "role that is not held",
                        "permissions must name roles that user:bob holds: team:red",
                        () -> bob.upsert(granting)),
                request(
                        "touch that is not granted",
                        "presence must grant update to a role of the principal to be touched: adas",
                        () -> bob.touch("adas")),
                request(
                        "delete that is not granted",
                        "presence must grant delete to a role of the principal to be deleted: adas",
                        () -> bob.delete("adas")),
                request(
                        "presence that is hidden",
                        "presence must exist and be readable: hidden",
                        () -> bob.update("hidden", PresencePatch.none().status("s"))));
    }

    private List<WrongInput> queries() {
        String known = "attribute must be one of $id, userId, status, source, $createdAt, $updatedAt, metadata";
        return List.of(
                query(
                        "count with a limit",
                        "count must have filters only, it counts all that match: \"limit\" (at $[1])",
                        () -> ada.count(Query.isNull("source"), Query.limit(5))),
                query(
                        "count of what is selected",
                        "count must have filters only, it counts all that match: \"select\" (at $[0])",
                        () -> ada.count(Query.select("status"))),
                query(
                        "list by an attribute that is none",
                        known + ", expiresAt: \"name\" (at $[0].attribute)",
                        () -> ada.list(Query.equal("name", 1))),
                query(
                        "list by a key of a string",
                        "attribute must end at status, which is a string: \"status.x\" (at $[0].attribute)",
                        () -> ada.list(Query.equal("status.x", 1))),
                query(
                        "status by a method of lists",
                        "elemMatch must be on a list, and status is a string: \"status\" (at $[0].method)",
                        () -> ada.list(Query.elemMatch("status", Query.isNull("x")))),
                query(
                        "time that is none",
                        "value must be an RFC 3339 date-time such as 2026-01-01T00:00:00Z: \"today\""
                                + " (at $[0].values[0])",
                        () -> ada.list(Query.lessThan("expiresAt", "today"))),
                query(
                        "list of what is selected",
                        "select must be \"*\", presences are returned whole: \"status\"",
                        () -> ada.list(Query.select("status"))),
                query(
                        "limit twice",
                        "limit must not be given beside: \"limit\" (at $[1])",
                        () -> ada.list(Query.limit(1), Query.limit(2))),
                query(
                        "subscription by an attribute that is none",
                        known + ", expiresAt: \"name\" (at $[0].attribute)",
                        () -> ada.subscribe(ALL, e -> {}, Query.isNull("name"))));
    }

    private List<WrongInput> listening() {
        Subscription made = ada.subscribe(ALL, event -> {});
        return List.of(
                absent("channel null", "channel must not be null", () -> ada.subscribe(null, e -> {})),
                absent("listener null", "listener must not be null", () -> ada.subscribe(ALL, null)),
                absent("options null", "options must not be null", () -> ada.subscribe(ALL, null, e -> {})),
                query(
                        "subscription with a limit",
                        "subscription must not have list options: \"limit\" (at $[0])",
                        () -> ada.subscribe(ALL, e -> {}, Query.limit(1))),
                query(
                        "subscription by the end of life",
                        "attribute must not be in a query of a subscription, since heartbeats change it "
                                + "without an event:"
                                + " \"expiresAt\" (at $[0].attribute)",
                        () -> ada.subscribe(ALL, e -> {}, Query.isNull("expiresAt"))),
                argument(
                        "snapshot of an action",
                        "snapshot must not be set for a channel of one action: presences.delete",
                        () -> ada.subscribe(ALL.delete(), OPTIONS.withSnapshot(), e -> {})),
                argument(
                        "publisher that may start over",
                        "maxPending must not be set for a publisher: 5",
                        () -> ada.asPublisher(ALL, OPTIONS.maxPending(5))),
                argument("request of nothing", "more must be positive: 0", () -> made.request(0)),
                absent("subscription of nobody", "principal must not be null", () -> made.switchPrincipal(null)));
    }
}

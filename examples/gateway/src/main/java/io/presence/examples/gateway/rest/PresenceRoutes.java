package io.presence.examples.gateway.rest;

import io.presence.Presence;
import io.presence.PresenceStore;
import io.presence.Scope;
import io.presence.examples.gateway.account.Caller;
import io.presence.examples.gateway.account.Sessions;
import io.presence.examples.gateway.wire.ApiException;
import io.presence.examples.gateway.wire.PresenceJson;
import io.presence.examples.gateway.writes.PresenceFields;
import io.presence.examples.gateway.writes.PresenceWrites;
import io.presence.query.Query;
import io.presence.query.QueryJson;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The five routes of presences. A list examines many presences, so it runs on a worker; the others are short.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class PresenceRoutes {

    private static final int MAX_CACHE_SECONDS = 86_400;

    private final Vertx vertx;
    private final PresenceStore store;
    private final PagedLists lists;
    private final PresenceWrites writes;
    private final Sessions sessions;
    private final InstantSource clock;

    PresenceRoutes(
            Vertx vertx,
            PresenceStore store,
            PresenceWrites writes,
            Sessions sessions,
            InstantSource clock,
            LongSupplier nanoClock) {
        this.vertx = vertx;
        this.store = store;
        this.lists = new PagedLists(store, nanoClock);
        this.writes = writes;
        this.sessions = sessions;
        this.clock = clock;
    }

    Future<Reply> list(Call call) {
        call.caller().require(Scope.PRESENCES_READ);
        boolean withTotal = flag(call, "total", true);
        requireSeconds(call);
        List<Query> queries = QueryJson.parseAll(call.list("queries"));
        return vertx.executeBlocking(() -> lists.list(call.caller(), queries), false)
                .map(page -> Reply.of(200, PresenceJson.of(page, withTotal)).with("X-Appwrite-Cache", "miss"));
    }

    Future<Reply> get(Call call) {
        call.caller().require(Scope.PRESENCES_READ);
        Presence presence = call.caller().in(store).get(PresenceFields.id("presenceId", call.id()));
        if (presence == null) {
            throw ApiException.noPresence();
        }
        return answered(200, presence);
    }

    Future<Reply> upsert(Call call) {
        call.caller().require(Scope.PRESENCES_WRITE);
        String id = PresenceFields.id("presenceId", call.id());
        PresenceFields fields = fields(call);
        if (fields.status() == null) {
            throw ApiException.missing("status");
        }
        String owner = owner(call.caller(), fields);
        String source = "graphql".equals(call.headers().get("X-Appwrite-Source")) ? "graphql" : "rest";
        return answered(200, writes.upsert(call.caller(), call.address(), id, owner, fields, source));
    }

    private String owner(Caller caller, PresenceFields fields) {
        if (!caller.isKey()) {
            return caller.requireSession().user().id();
        }
        if (fields.userId() == null) {
            throw new ApiException(400, "general_bad_request", "userId is required for API key authentication");
        }
        if (!sessions.knows(fields.userId())) {
            throw new ApiException(404, "user_not_found", "User with the requested ID could not be found.");
        }
        return fields.userId();
    }

    Future<Reply> update(Call call) {
        call.caller().require(Scope.PRESENCES_WRITE);
        String id = PresenceFields.id("presenceId", call.id());
        return answered(200, writes.update(call.caller(), id, fields(call)));
    }

    Future<Reply> delete(Call call) {
        call.caller().require(Scope.PRESENCES_WRITE);
        if (!writes.delete(call.caller(), PresenceFields.id("presenceId", call.id()))) {
            throw ApiException.noPresence();
        }
        return Future.succeededFuture(Reply.of(204, null));
    }

    private PresenceFields fields(Call call) {
        PresenceFields fields = PresenceFields.of(call.body(), clock.instant());
        if (fields.userId() != null && !call.caller().isKey()) {
            throw ApiException.scope("userId is not allowed for non-API key and non-privileged users");
        }
        if (fields.permissions() != null) {
            call.caller().requireHeld(fields.permissions());
        }
        return fields;
    }

    private static Future<Reply> answered(int status, Presence presence) {
        return Future.succeededFuture(Reply.of(status, PresenceJson.of(presence)));
    }

    private static boolean flag(Call call, String name, boolean otherwise) {
        String value = call.params().get(name);
        if (value == null) {
            return otherwise;
        }
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw ApiException.argument(name, "Value must be a valid boolean");
        };
    }

    /* Nothing is cached here. The number is only checked, by the rule of Appwrite. */
    private static void requireSeconds(Call call) {
        String value = call.params().get("ttl");
        if (value != null && !(value.matches("[0-9]{1,5}") && Integer.parseInt(value) <= MAX_CACHE_SECONDS)) {
            throw ApiException.argument("ttl", "Value must be a valid range between 0 and " + MAX_CACHE_SECONDS);
        }
    }
}

package io.presence.linear;

import io.presence.Presence;
import io.presence.PresenceException;
import io.presence.PresenceException.Code;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Version;
import io.presence.WriteResult;
import io.presence.linear.Answer.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Presences on a clock of whole seconds, the ticks, that operations advance. */
abstract class HandMovedPresences {

    private static final long NANOS_PER_TICK = 1_000_000_000;

    private final AtomicLong ticks = new AtomicLong();

    /** The time of the clock in ticks. */
    final long now() {
        return ticks.get();
    }

    final long nanos() {
        return ticks.get() * NANOS_PER_TICK;
    }

    final Instant wall() {
        return Instant.ofEpochSecond(ticks.get());
    }

    abstract WriteResult upsert(PresenceUpsert upsert);

    abstract WriteResult update(String id, PresencePatch patch);

    abstract boolean touch(String id, @Nullable Duration ttl);

    abstract boolean delete(String id, @Nullable Version version);

    abstract @Nullable Presence get(String id);

    final Answer perform(String id, Operation operation) {
        try {
            return switch (operation.kind()) {
                case UPSERT -> written(upsert(request(id, operation)));
                case IF_ABSENT -> written(upsert(request(id, operation).ifAbsent()));
                case IF_VERSION -> written(upsert(request(id, operation).ifVersion(operation.version())));
                case PATCH -> written(update(id, PresencePatch.none().status("s" + operation.status())));
                case TOUCH ->
                    Answer.found(touch(id, operation.ticks() == 0 ? null : Duration.ofSeconds(operation.ticks())));
                case DELETE -> Answer.found(delete(id, null));
                case DELETE_VERSION -> Answer.found(delete(id, operation.version()));
                case GET -> found(get(id));
                case ADVANCE -> Answer.advanced(ticks.addAndGet(operation.ticks()));
            };
        } catch (PresenceException e) {
            return refused(e.code());
        }
    }

    private static PresenceUpsert request(String id, Operation operation) {
        return PresenceUpsert.of(id, "ada", "s" + operation.status()).expiresIn(Duration.ofSeconds(operation.ticks()));
    }

    private static Answer written(WriteResult written) {
        Result result = switch (written.outcome()) {
            case CREATED -> Result.CREATED;
            case REPLACED, UPDATED -> Result.CHANGED;
            case UNCHANGED -> Result.UNCHANGED;
        };
        return Answer.of(result, written.presence().version());
    }

    private static Answer found(@Nullable Presence presence) {
        return presence == null ? Answer.of(Result.ABSENT) : Answer.of(Result.FOUND, presence.version());
    }

    private static Answer refused(Code code) {
        return switch (code) {
            case VERSION_CONFLICT -> Answer.of(Result.CONFLICT);
            case NOT_FOUND -> Answer.of(Result.ABSENT);
            default -> throw new AssertionError("not expected: " + code);
        };
    }
}

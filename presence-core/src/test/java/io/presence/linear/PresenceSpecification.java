package io.presence.linear;

import io.presence.Version;
import io.presence.linear.Answer.Result;
import io.presence.linear.Operation.Kind;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One presence and the clock, as one thread would see them. An operation reads the clock once, between its call and its
 * effect. So a write sets the deadline to one TTL after a moment of its call.
 */
final class PresenceSpecification implements Specification<Moment, Step> {

    private final long start;
    private final long[] instants;

    /**
     * Creates a specification.
     *
     * @param start the time at which the history starts, without a presence
     * @param advances the times that the history sets
     */
    PresenceSpecification(long start, LongStream advances) {
        this.start = start;
        this.instants =
                LongStream.concat(LongStream.of(start), advances).sorted().toArray();
    }

    @Override
    public Moment start() {
        return Moment.absentAt(start);
    }

    @Override
    public List<Moment> after(Moment state, Step step) {
        Call call = step.call();
        if (call.operation().kind() == Kind.ADVANCE) {
            Moment next = state.advanced(call.operation().ticks());
            return next.now() == call.answer().now() ? List.of(next) : List.of();
        }
        if (step.part() == Step.Part.PUBLICATION) {
            return call.equals(state.writer())
                    ? List.of(state.published(
                            call.answer().version(), call.operation().status()))
                    : List.of();
        }
        if (call.operation().kind().isWrite() && state.writer() != null) {
            return List.of();
        }
        return LongStream.of(instants)
                .filter(reading -> call.earliest() <= reading && reading <= state.now())
                .boxed()
                .flatMap(reading -> afterReading(state, step, reading))
                .distinct()
                .toList();
    }

    /* The dispatcher may end an expired presence at any time, also before a call that has read an earlier time. */
    private static Stream<Moment> afterReading(Moment state, Step step, long reading) {
        Moment ended = state.isLiveAt(state.now()) ? null : afterEnd(state.ended(), step.call(), reading);
        return Stream.of(ended, after(state, step, reading)).filter(next -> next != null);
    }

    /* The state after the call, or after its first part, if it has read the clock at this time; null for none. */
    private static @Nullable Moment after(Moment state, Step step, long reading) {
        return state.isLiveAt(reading)
                ? afterLive(state, step, reading)
                : afterEnd(state.ended(), step.call(), reading);
    }

    private static @Nullable Moment afterEnd(Moment state, Call call, long reading) {
        Operation operation = call.operation();
        return switch (operation.kind()) {
            case UPSERT, IF_ABSENT ->
                call.answer().result() == Result.CREATED
                        ? state.created(call.answer().version(), operation.status(), reading, operation.ticks())
                        : null;
            case IF_VERSION -> call.answer().result() == Result.CONFLICT ? state : null;
            default -> call.answer().result() == Result.ABSENT ? state : null;
        };
    }

    private static @Nullable Moment afterLive(Moment state, Step step, long reading) {
        Operation operation = step.call().operation();
        Answer answer = step.call().answer();
        return switch (operation.kind()) {
            case UPSERT -> afterWrite(state, step, reading);
            case IF_ABSENT -> answer.result() == Result.CONFLICT ? state : null;
            case IF_VERSION ->
                isOf(operation.version(), state)
                        ? afterWrite(state, step, reading)
                        : answer.result() == Result.CONFLICT ? state : null;
            case PATCH -> afterPatch(state, operation, answer);
            case TOUCH ->
                answer.result() == Result.FOUND
                        ? state.touched(reading, operation.ticks() == 0 ? state.ttl() : operation.ticks())
                        : null;
            case DELETE -> answer.result() == Result.FOUND ? state.ended() : null;
            case DELETE_VERSION ->
                answer.result() == (isOf(operation.version(), state) ? Result.FOUND : Result.CONFLICT)
                        ? (answer.result() == Result.FOUND ? state.ended() : state)
                        : null;
            case GET -> answer.result() == Result.FOUND && isOf(answer.version(), state) ? state : null;
            case ADVANCE -> throw new AssertionError("advances read no clock");
        };
    }

    private static boolean isOf(@Nullable Version version, Moment state) {
        return version != null && version.equals(state.version());
    }

    private static @Nullable Moment afterWrite(Moment state, Step step, long reading) {
        Operation operation = step.call().operation();
        Answer answer = step.call().answer();
        boolean isSame = operation.status() == state.status();
        if (isSame) {
            return answer.result() == Result.UNCHANGED && isOf(answer.version(), state)
                    ? state.renewed(reading, operation.ticks(), null)
                    : null;
        }
        return answer.result() == Result.CHANGED && !isOf(answer.version(), state)
                ? state.renewed(reading, operation.ticks(), step.call())
                : null;
    }

    private static @Nullable Moment afterPatch(Moment state, Operation operation, Answer answer) {
        boolean isSame = operation.status() == state.status();
        return answer.result() == (isSame ? Result.UNCHANGED : Result.CHANGED)
                        && isOf(answer.version(), state) == isSame
                ? state.published(answer.version(), operation.status())
                : null;
    }
}

package io.presence.linear;

import java.util.List;

/**
 * The behaviour of an object that one thread uses.
 *
 * @param <S> immutable states, compared by {@code equals}
 * @param <T> steps, each of which has its recorded result
 */
interface Specification<S, T> {

    /** The state before the first step. */
    S start();

    /** The states after a step; none if the step cannot have its result in this state. */
    List<S> after(S state, T step);
}

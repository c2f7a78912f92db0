package io.presence.bench.expiry.peer;

import java.util.function.Function;

/** The candidates. A new one is a constant here. */
public enum TimerCandidate {
    /** The library with one listener for all presences. Timers are found by id. */
    STORE(StoreTimers::withListener),
    /** The library without a listener. Timers are found by id. */
    STORE_WITHOUT_LISTENER(StoreTimers::withoutListener),
    /** The library's wheel alone. Timers are reached by reference. */
    WHEEL(WheelTimers::new),
    /** Agrona's wheel. Timers are reached by reference. */
    AGRONA(AgronaTimers::new),
    /** Agrona's wheel. Timers are found by id in a hash map. */
    AGRONA_MAP(AgronaTimers::mapped),
    /** Netty's wheel. Timers are reached by reference. */
    NETTY(NettyTimers::atHand),
    /**
     * Netty's wheel. Timers are found by id in a hash map and removed from it on expiry, as in a presence store written
     * by hand.
     */
    NETTY_MAP(NettyTimers::mapped),
    /** Caffeine, extended by a put of an equal record. Timers are found by id. */
    CAFFEINE(CaffeineTimers::putting),
    /** Caffeine, extended by a read. Timers are found by id. */
    CAFFEINE_READ(CaffeineTimers::reading);

    private final Function<Timers.TimerConfig, Timers> maker;

    TimerCandidate(Function<Timers.TimerConfig, Timers> maker) {
        this.maker = maker;
    }

    /** Returns whether the candidate uses the given clock and expires timers in {@link Timers#advance}. */
    public boolean isDrivenByHand() {
        return this != NETTY && this != NETTY_MAP;
    }

    /** Returns timers of which none is armed. */
    public Timers create(Timers.TimerConfig config) {
        return maker.apply(config);
    }
}

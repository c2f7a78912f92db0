package io.presence.bench.expiry.peer;

import java.util.function.Function;

/** Who is compared. A new one is a constant here. */
public enum TimerCandidate {
    /** The library, with one listener that is delivered of everything; found by id. */
    STORE(StoreTimers::withListener),
    /** The library, with nobody to tell; found by id. */
    STORE_WITHOUT_LISTENER(StoreTimers::withoutListener),
    /** The library's wheel alone; at hand. */
    WHEEL(WheelTimers::new),
    /** Agrona's wheel; at hand. */
    AGRONA(AgronaTimers::new),
    /** Agrona's wheel, found by id in a hash map. */
    AGRONA_MAP(AgronaTimers::mapped),
    /** Netty's wheel; at hand. */
    NETTY(NettyTimers::atHand),
    /** Netty's wheel, found by id in a hash map, which what ends leaves: a store of presences made by hand. */
    NETTY_MAP(NettyTimers::mapped),
    /** Caffeine, put off by putting an equal record; found by id. */
    CAFFEINE(CaffeineTimers::putting),
    /** Caffeine, put off by reading; found by id. */
    CAFFEINE_READ(CaffeineTimers::reading);

    private final Function<Timers.TimerConfig, Timers> maker;

    TimerCandidate(Function<Timers.TimerConfig, Timers> maker) {
        this.maker = maker;
    }

    /** Tells whether time passes by the clock that is handed in, and what is due ends in {@link Timers#advance}. */
    public boolean isDrivenByHand() {
        return this != NETTY && this != NETTY_MAP;
    }

    /** Returns timers of which none is armed. */
    public Timers create(Timers.TimerConfig setting) {
        return maker.apply(setting);
    }
}

package io.presence.bench.expiry.wallclock;

import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/** The candidates. A new one is a constant here. */
public enum WallClockCandidate {
    /** The library with its defaults. */
    STORE(StoreWallClockTimers::new),
    /** Netty's wheel with the library's tick. */
    NETTY_8MS(NettyWallClockTimers::fine),
    /** Netty's wheel with its defaults. */
    NETTY_100MS(NettyWallClockTimers::coarse),
    /** Caffeine with a scheduler. */
    CAFFEINE(CaffeineWallClockTimers::new);

    private final WallClockTimers.Factory factory;

    WallClockCandidate(WallClockTimers.Factory factory) {
        this.factory = factory;
    }

    /** Returns timers of which none is armed. */
    public WallClockTimers create(int count, ThreadFactory threads, Consumer<String> due) {
        return factory.create(count, threads, due);
    }
}

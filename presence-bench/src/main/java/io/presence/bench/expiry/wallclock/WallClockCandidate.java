package io.presence.bench.expiry.wallclock;

import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/** Who is compared. A new one is a constant here. */
public enum WallClockCandidate {
    /** The library, as by default. */
    STORE(StoreWallClockTimers::new),
    /** Netty's wheel with the library's ticks. */
    NETTY_8MS(NettyWallClockTimers::fine),
    /** Netty's wheel, as by default. */
    NETTY_100MS(NettyWallClockTimers::coarse),
    /** Caffeine with a scheduler. */
    CAFFEINE(CaffeineWallClockTimers::new);

    private final WallClockTimers.Factory factory;

    WallClockCandidate(WallClockTimers.Factory factory) {
        this.factory = factory;
    }

    /** Makes timers of which none is set. */
    public WallClockTimers create(int count, ThreadFactory threads, Consumer<String> due) {
        return factory.create(count, threads, due);
    }
}

package io.presence.bench.expiry.wallclock;

import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/** Who is compared. A new one is a constant here. */
public enum Candidate {
    /** The library, as by default. */
    STORE(StoreAlarms::new),
    /** Netty's wheel with the library's ticks. */
    NETTY_8MS(NettyAlarms::fine),
    /** Netty's wheel, as by default. */
    NETTY_100MS(NettyAlarms::coarse),
    /** Caffeine with a scheduler. */
    CAFFEINE(CaffeineAlarms::new);

    private final Alarms.Maker maker;

    Candidate(Alarms.Maker maker) {
        this.maker = maker;
    }

    /** Makes alarms of which none is set. */
    public Alarms create(int count, ThreadFactory threads, Consumer<String> due) {
        return maker.make(count, threads, due);
    }
}

package io.presence.internal.wheel;

/**
 * The part of a timer that the wheel needs: what can be filed in a {@link TimerWheel} extends it.
 *
 * <p><b>Cost.</b> 12 bytes in each timer. The wheel allocates no object per timer.
 * <p><b>Threads.</b> Confined to the thread of the one wheel that the timer is used with.
 */
public abstract class WheelTimer {
    /** The {@link #scheduledTick()} of a timer that is not filed. */
    public static final long NOT_SCHEDULED = -1;

    /**
     * The number of the newest filing. A filing with any other number is stale. That the number comes round again needs
     * 2^32 filings of one timer while one of its stale filings survives, which sweeping rules out.
     */
    int generation;

    long scheduledTick = NOT_SCHEDULED;

    /** Creates a timer that is not filed. */
    protected WheelTimer() {}

    /**
     * {@return the tick for which this timer is filed, or {@link #NOT_SCHEDULED}}
     *
     * <p>A deadline that moves to this tick or later needs no call of the wheel: the wheel asks when it gets here.
     */
    public final long scheduledTick() {
        return scheduledTick;
    }
}

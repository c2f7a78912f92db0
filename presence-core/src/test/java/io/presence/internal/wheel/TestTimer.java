package io.presence.internal.wheel;

/** A timer with a deadline that can move without a call to the wheel, as a heartbeat moves it. */
final class TestTimer extends WheelTimer {

    final int id;

    /** The deadline that the sink answers. */
    long deadline;

    /** The tick at which the wheel must hand this probe over: the deadline, or later if that had passed when set. */
    long due;

    TestTimer(int id) {
        this.id = id;
    }

    @Override
    public String toString() {
        return "probe " + id + " due " + due;
    }
}

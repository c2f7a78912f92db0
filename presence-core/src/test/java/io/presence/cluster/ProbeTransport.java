package io.presence.cluster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A transport that records what passes, and loses, fails or adds what the test says. */
final class ProbeTransport implements ClusterTransport {

    static final int DELTA = 1;
    static final int DIGEST = 2;
    static final int PULL = 3;
    static final int CHUNK = 4;
    static final int BYE = 5;

    private static final int KIND = 2;

    final List<Passed> received = new ArrayList<>();
    final List<byte[]> sent = new ArrayList<>();
    boolean throwsAlways;
    int maxFrameBytes = 1_000;
    Set<String> hidden = Set.of();

    private final ClusterTransport inner;
    private Predicate<byte[]> isSent = frame -> true;
    private BiPredicate<String, byte[]> isReceived = (member, frame) -> true;
    private Receiver receiver;
    private Set<String> members = Set.of();
    private boolean hasWakeUp;

    record Passed(String member, byte[] frame) {}

    ProbeTransport(ClusterTransport inner) {
        this.inner = inner;
    }

    static int kind(byte[] frame) {
        return frame[KIND];
    }

    void sendOnly(Predicate<byte[]> filter) {
        isSent = filter;
    }

    void receiveOnly(BiPredicate<String, byte[]> filter) {
        isReceived = filter;
    }

    /** Hands a frame over as if a member had sent it. */
    void inject(String member, byte[] frame) {
        hasWakeUp = true;
        receiver.onFrame(member, frame.clone());
    }

    /** Returns whether something was received since the last call. */
    boolean takeWakeUp() {
        boolean taken = hasWakeUp;
        hasWakeUp = false;
        return taken;
    }

    /** Reports the members again, without the hidden ones. */
    void report() {
        Set<String> shown = new HashSet<>(members);
        shown.removeAll(hidden);
        hasWakeUp = true;
        receiver.onMembers(shown);
    }

    Stream<byte[]> sent(int kind) {
        return sent.stream().filter(frame -> kind(frame) == kind);
    }

    void forget() {
        sent.clear();
        received.clear();
    }

    @Override
    public void start(Receiver to) {
        receiver = to;
        inner.start(new Receiver() {
            @Override
            public void onFrame(String member, byte[] frame) {
                received.add(new Passed(member, frame.clone()));
                if (isReceived.test(member, frame)) {
                    hasWakeUp = true;
                    to.onFrame(member, frame);
                }
            }

            @Override
            public void onMembers(Set<String> others) {
                members = others;
                report();
            }
        });
    }

    @Override
    public void broadcast(byte[] frame) {
        if (passes(frame)) {
            inner.broadcast(frame);
        }
    }

    @Override
    public void send(String member, byte[] frame) {
        if (passes(frame)) {
            inner.send(member, frame);
        }
    }

    private boolean passes(byte[] frame) {
        if (throwsAlways) {
            throw new IllegalStateException("intended");
        }
        sent.add(frame.clone());
        return isSent.test(frame);
    }

    @Override
    public int maxFrameBytes() {
        return maxFrameBytes;
    }

    @Override
    public void close() {
        inner.close();
        if (throwsAlways) {
            throw new IllegalStateException("intended");
        }
    }
}

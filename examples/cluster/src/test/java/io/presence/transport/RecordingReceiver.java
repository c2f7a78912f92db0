package io.presence.transport;

import io.presence.cluster.ClusterTransport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A receiver that records frames and members, and waits for them with a deadline. */
public final class RecordingReceiver implements ClusterTransport.Receiver {

    public static final Duration DEADLINE = Duration.ofSeconds(30);

    /** A frame as it was received. */
    public record Received(String member, byte[] frame) {

        public String text() {
            return new String(frame, StandardCharsets.UTF_8);
        }
    }

    private final List<Received> frames = new ArrayList<>();
    private final List<Set<String>> members = new ArrayList<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /** Blocks the callers of {@link #onFrame} until the latch is open. */
    public void blockUntil(CountDownLatch latch) {
        gate = latch;
    }

    @Override
    public void onFrame(String member, byte[] frame) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            frames.add(new Received(member, frame));
            notifyAll();
        }
    }

    @Override
    public synchronized void onMembers(Set<String> others) {
        members.add(Set.copyOf(others));
        notifyAll();
    }

    /** Returns the last full set; empty before the first. */
    public synchronized Set<String> members() {
        return members.isEmpty() ? Set.of() : members.get(members.size() - 1);
    }

    public synchronized List<Received> frames() {
        return List.copyOf(frames);
    }

    public Set<String> awaitMembers(int number) {
        await(() -> !members.isEmpty() && members().size() == number, number + " members", () -> {});
        return members();
    }

    /** Waits for a frame, and repeats the sending of it twice a second, since each frame may be lost. */
    public Received awaitFrame(Predicate<Received> wanted, Runnable sending) {
        await(() -> find(wanted).isPresent(), "a frame", sending);
        return find(wanted).orElseThrow();
    }

    private synchronized Optional<Received> find(Predicate<Received> wanted) {
        return frames.stream().filter(wanted).findFirst();
    }

    /** Waits until a condition on what is recorded holds. */
    public void await(Supplier<Boolean> condition, String wanted, Runnable repeated) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (System.nanoTime() < end) {
            repeated.run();
            synchronized (this) {
                if (condition.get()) {
                    return;
                }
                pause(500);
                if (condition.get()) {
                    return;
                }
            }
        }
        synchronized (this) {
            throw new AssertionError(
                    "no " + wanted + " within " + DEADLINE + ": members " + members + ", frames " + frames.size());
        }
    }

    private void pause(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

package io.presence.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * A network and an engine in virtual time, on one thread. It loses, repeats, delays and reorders frames, cuts links in
 * one direction or both, and reports the members of a node some time after their links have changed.
 */
final class SimulatedNetwork {

    private static final long MILLI = 1_000_000;
    private static final long MIN_DETECTION = 200 * MILLI;

    private final SplittableRandom random;
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final Map<String, Endpoint> endpoints = new HashMap<>();
    private final List<Link> cuts = new ArrayList<>();
    private double loss;
    private double repetition;
    private long maxDelay = MILLI;
    private long maxDetection = 1_000 * MILLI;
    private long now;
    private long sequence;
    private long frames;
    private BiPredicate<String, byte[]> filter = (sender, frame) -> true;

    private record Link(String from, String to) {}

    private record Due(long at, long sequence, Runnable action) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int order = Long.compare(at, other.at);
            return order == 0 ? Long.compare(sequence, other.sequence) : order;
        }
    }

    SimulatedNetwork(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Sets the parts of frames that are lost and repeated, and the longest delay. */
    void setFaults(double lost, double repeated, long delayMillis) {
        loss = lost;
        repetition = repeated;
        maxDelay = Math.max(1, delayMillis) * MILLI;
    }

    /** Sets which frames are sent at all. */
    void setFilter(BiPredicate<String, byte[]> sent) {
        filter = sent;
    }

    void setMaxDetection(long millis) {
        maxDetection = millis * MILLI;
    }

    long now() {
        return now;
    }

    /** The number of frames that were sent, one for each receiver. */
    long frames() {
        return frames;
    }

    /** The transport of a node. Its name can be that of a node that has crashed. */
    ClusterTransport join(String name) {
        return new Endpoint(name);
    }

    void cut(String from, String to) {
        cuts.add(new Link(from, to));
        detectAll();
    }

    void heal() {
        cuts.clear();
        detectAll();
    }

    /** Takes a node from the network, as if its machine had lost power. */
    void crash(String name) {
        endpoints.remove(name);
        detectAll();
    }

    /** Does what is due, and moves the time. */
    void runTo(long time) {
        while (!due.isEmpty() && due.peek().at <= time) {
            Due next = due.remove();
            now = Math.max(now, next.at);
            next.action.run();
        }
        now = time;
    }

    private void at(long time, Runnable action) {
        due.add(new Due(time, sequence++, action));
    }

    private void detectAll() {
        for (Endpoint endpoint : List.copyOf(endpoints.values())) {
            at(now + MIN_DETECTION + random.nextLong(maxDetection), endpoint::report);
        }
    }

    private boolean isUp(String from, String to) {
        return endpoints.containsKey(from) && endpoints.containsKey(to) && !cuts.contains(new Link(from, to));
    }

    private final class Endpoint implements ClusterTransport {

        private final String name;
        private Receiver receiver;

        Endpoint(String name) {
            this.name = name;
        }

        @Override
        public void start(Receiver to) {
            receiver = to;
            endpoints.put(name, this);
            detectAll();
        }

        void report() {
            if (endpoints.get(name) != this) {
                return;
            }
            Set<String> members = new TreeSet<>();
            for (String other : endpoints.keySet()) {
                if (!other.equals(name) && isUp(name, other) && isUp(other, name)) {
                    members.add(other);
                }
            }
            receiver.onMembers(members);
        }

        @Override
        public void broadcast(byte[] frame) {
            for (String other : new TreeSet<>(endpoints.keySet())) {
                if (!other.equals(name)) {
                    send(other, frame);
                }
            }
        }

        @Override
        public void send(String member, byte[] frame) {
            if (endpoints.get(name) != this || !filter.test(name, frame)) {
                return;
            }
            frames++;
            int copies = random.nextDouble() < loss ? 0 : random.nextDouble() < repetition ? 2 : 1;
            for (int i = 0; i < copies; i++) {
                Endpoint target = endpoints.get(member);
                at(now + 1 + random.nextLong(maxDelay), () -> deliver(target, member, frame));
            }
        }

        private void deliver(Endpoint target, String member, byte[] frame) {
            if (target != null && endpoints.get(member) == target && isUp(name, member)) {
                target.receiver.onFrame(name, frame.clone());
            }
        }

        @Override
        public int maxFrameBytes() {
            return 1_000;
        }

        @Override
        public void close() {
            if (endpoints.get(name) == this) {
                /* Frames that were sent before arrive; the engine then reports that the node has left. */
                at(now + maxDelay + 1, () -> {
                    if (endpoints.get(name) == this) {
                        crash(name);
                    }
                });
            }
        }
    }
}

package io.presence.bench.cluster.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports of the loopback interface that are free together with the next one. */
final class FreePorts {

    private static final int MAX_PORT = 65_000;

    private FreePorts() {}

    /** Returns the lower ports of pairs that were free a moment ago. */
    static List<Integer> pairs(int number) {
        List<Integer> found = new ArrayList<>();
        while (found.size() < number) {
            try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                int port = first.getLocalPort();
                if (port <= MAX_PORT && found.stream().allMatch(other -> Math.abs(other - port) > 1)) {
                    new ServerSocket(port + 1, 1, InetAddress.getLoopbackAddress()).close();
                    found.add(port);
                }
            } catch (IOException taken) {
                /* Another process has one of the two. */
            }
        }
        return found;
    }
}

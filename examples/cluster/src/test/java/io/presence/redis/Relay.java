package io.presence.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a server that a test can cut, or on which it can hold everything back. */
final class Relay implements AutoCloseable {

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Object gate = new Object();
    private boolean isCut;
    private boolean isHeld;

    Relay(int target) throws IOException {
        this.target = target;
        daemon(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Ends all connections, and each new one. */
    void cut(boolean isCut) {
        synchronized (gate) {
            this.isCut = isCut;
            if (isCut) {
                open.forEach(Relay::close);
            }
        }
    }

    /** Forwards nothing more, and keeps the connections. */
    void hold(boolean isHeld) {
        synchronized (gate) {
            this.isHeld = isHeld;
            gate.notifyAll();
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                connect(listening.accept());
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    private void connect(Socket near) {
        synchronized (gate) {
            open.add(near);
            if (isCut) {
                close(near);
                return;
            }
            try {
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(far);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                daemon(() -> copy(near, far));
                daemon(() -> copy(far, near));
            } catch (IOException e) {
                close(near);
            }
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[65_536];
        try (from;
                to) {
            for (int n = from.getInputStream().read(buffer);
                    n >= 0;
                    n = from.getInputStream().read(buffer)) {
                awaitRelease();
                to.getOutputStream().write(buffer, 0, n);
            }
        } catch (IOException | InterruptedException e) {
            // It was cut.
        }
        open.remove(from);
        open.remove(to);
    }

    private void awaitRelease() throws InterruptedException {
        synchronized (gate) {
            while (isHeld) {
                gate.wait();
            }
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        hold(false);
        cut(true);
    }
}

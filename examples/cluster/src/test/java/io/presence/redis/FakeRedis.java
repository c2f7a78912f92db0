package io.presence.redis;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** The commands of Redis that the transport uses, and the meaning of its script, in the protocol of Redis. */
final class FakeRedis implements AutoCloseable {

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Map<String, Map<String, Long>> sets = new HashMap<>();
    private final Map<String, Set<Connection>> channels = new ConcurrentHashMap<>();

    FakeRedis() throws IOException {
        daemon(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "fake redis");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Connection connection = new Connection(listening.accept());
                daemon(connection::serve);
                daemon(connection::write);
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    /** The script of the lease. */
    private synchronized String renew(List<byte[]> command) {
        Map<String, Long> members = sets.computeIfAbsent(text(command.get(3)), key -> new TreeMap<>());
        long now = System.nanoTime() / 1_000_000;
        boolean isAdded = members.put(text(command.get(4)), now) == null;
        members.values().removeIf(time -> time <= now - Long.parseLong(text(command.get(5))));
        if (isAdded) {
            publish(text(command.get(6)), command.get(8));
        }
        publish(text(command.get(7)), new byte[0]);
        StringBuilder answer = new StringBuilder("*" + members.size() + "\r\n");
        members.keySet().forEach(member -> answer.append("$" + member.length() + "\r\n" + member + "\r\n"));
        return answer.toString();
    }

    private synchronized String remove(String set, String member) {
        return ":" + (sets.getOrDefault(set, new HashMap<>()).remove(member) == null ? 0 : 1) + "\r\n";
    }

    private String publish(String channel, byte[] message) {
        Set<Connection> receivers = channels.getOrDefault(channel, Set.of());
        byte[] start = ("*3\r\n" + bulk("message") + bulk(channel) + "$" + message.length + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
        receivers.forEach(
                receiver -> receiver.output.add(List.of(start, message, "\r\n".getBytes(StandardCharsets.UTF_8))));
        return ":" + receivers.size() + "\r\n";
    }

    private static String bulk(String text) {
        return "$" + text.length() + "\r\n" + text + "\r\n";
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private final class Connection {

        private final Socket socket;

        /** As in Redis, nobody waits for a client that does not read. */
        private final BlockingQueue<List<byte[]>> output = new LinkedBlockingQueue<>();

        Connection(Socket socket) {
            this.socket = socket;
        }

        void serve() {
            try (socket) {
                DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
                while (true) {
                    output.add(List.of(answer(command(in)).getBytes(StandardCharsets.UTF_8)));
                }
            } catch (IOException e) {
                channels.values().forEach(receivers -> receivers.remove(this));
            }
        }

        private String answer(List<byte[]> command) {
            return switch (text(command.get(0)).toUpperCase(java.util.Locale.ROOT)) {
                case "HELLO" -> "-NOPROTO unsupported protocol version\r\n";
                case "EVAL" -> renew(command);
                case "ZREM" -> remove(text(command.get(1)), text(command.get(2)));
                case "PUBLISH" -> publish(text(command.get(1)), command.get(2));
                case "SUBSCRIBE" -> subscribe(command.subList(1, command.size()));
                default -> "+OK\r\n";
            };
        }

        private String subscribe(List<byte[]> names) {
            StringBuilder answer = new StringBuilder();
            for (byte[] name : names) {
                channels.computeIfAbsent(text(name), channel -> ConcurrentHashMap.newKeySet())
                        .add(this);
                answer.append("*3\r\n" + bulk("subscribe") + bulk(text(name)) + ":1\r\n");
            }
            return answer.toString();
        }

        void write() {
            try (OutputStream out = socket.getOutputStream()) {
                while (true) {
                    for (byte[] part : output.take()) {
                        out.write(part);
                    }
                }
            } catch (IOException | InterruptedException e) {
                // The client has gone.
            }
        }

        private static List<byte[]> command(DataInputStream in) throws IOException {
            int parts = number(in);
            List<byte[]> command = new ArrayList<>();
            for (int i = 0; i < parts; i++) {
                command.add(in.readNBytes(number(in)));
                in.skipNBytes(2);
            }
            return command;
        }

        /** Reads a line of a sign and a number. */
        private static int number(DataInputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (char c = (char) in.readByte(); c != '\n'; c = (char) in.readByte()) {
                line.append(c);
            }
            return Integer.parseInt(line.substring(1).strip());
        }
    }
}

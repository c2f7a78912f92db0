package io.presence.examples.cluster;

import io.presence.jgroups.JGroupsOptions;
import java.util.ArrayList;
import java.util.List;

/** The command line of a node. */
record NodeOptions(String host, int port, List<String> peers, String name) {

    static final String USAGE = """
            java -jar node.jar --port P --peers host:port,... [--name N] [--host H]
              --port P   the port for frames; the next one must be free too
              --peers    the nodes to look for, this one may be among them
              --name N   the name of this node in lists, by default the host and the port
              --host H   the address under which peers reach this node, by default 127.0.0.1
            """;

    /** Reads pairs of a name and a value. */
    static NodeOptions parse(String... args) {
        String host = "127.0.0.1";
        int port = 0;
        List<String> peers = new ArrayList<>();
        String name = "";
        for (int i = 0; i < args.length; i += 2) {
            String value = i + 1 < args.length ? args[i + 1] : "";
            switch (args[i]) {
                case "--host" -> host = value;
                case "--port" -> port = number(value);
                case "--peers" -> peers.addAll(List.of(value.split(",")));
                case "--name" -> name = value;
                default -> throw new IllegalArgumentException("option must be known: " + args[i]);
            }
        }
        return new NodeOptions(host, port, peers, name.isEmpty() ? host + ":" + port : name);
    }

    private static int number(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--port must be a number: " + value, e);
        }
    }

    JGroupsOptions transport() {
        return JGroupsOptions.at(host, port).peers(peers).nodeName(name);
    }
}

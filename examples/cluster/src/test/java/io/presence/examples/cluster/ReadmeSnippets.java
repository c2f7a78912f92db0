package io.presence.examples.cluster;

import io.presence.PresenceStore;
import io.presence.cluster.ClusterOptions;
import io.presence.jgroups.JGroupsOptions;
import io.presence.jgroups.JGroupsTransport;
import io.presence.redis.RedisTransport;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

/** The code of the README. Each method is one of its blocks, word for word. */
final class ReadmeSnippets {

    private ReadmeSnippets() {}

    static PresenceStore jgroups(String host, List<String> peers, int port) {
        var options = JGroupsOptions.at(host, port).peers(peers).nodeName("chat-1");
        var cluster = ClusterOptions.over(JGroupsTransport.of(options)).holdLost(Duration.ofSeconds(5));
        PresenceStore store = PresenceStore.builder().cluster(cluster).build();
        return store;
    }

    static PresenceStore secure(String host, List<String> peers, int port, String secret, SSLContext tls) {
        var options =
                JGroupsOptions.at(host, port).peers(peers).password(secret).tls(tls);
        var cluster = ClusterOptions.over(JGroupsTransport.of(options));
        PresenceStore store = PresenceStore.builder().cluster(cluster).build();
        return store;
    }

    static PresenceStore redis(String host, int port, String secret) {
        var server = DefaultJedisClientConfig.builder().password(secret).build();
        var transport = RedisTransport.of(new HostAndPort(host, port), server, "chat", "chat-1", Duration.ofSeconds(4));
        PresenceStore store =
                PresenceStore.builder().cluster(ClusterOptions.over(transport)).build();
        return store;
    }

    static ClusterOptions rolling(ClusterOptions cluster) {
        return cluster.handOver(Duration.ofSeconds(20)).holdLost(Duration.ofSeconds(5));
    }
}

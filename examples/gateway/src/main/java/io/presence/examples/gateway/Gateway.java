package io.presence.examples.gateway;

import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.examples.gateway.account.Authentication;
import io.presence.examples.gateway.account.EndedSessions;
import io.presence.examples.gateway.account.Jwt;
import io.presence.examples.gateway.account.Origins;
import io.presence.examples.gateway.account.Sessions;
import io.presence.examples.gateway.account.Signer;
import io.presence.examples.gateway.account.User;
import io.presence.examples.gateway.limit.ClientAddress;
import io.presence.examples.gateway.realtime.Messages;
import io.presence.examples.gateway.realtime.RealtimeServer;
import io.presence.examples.gateway.realtime.SocketLimits;
import io.presence.examples.gateway.rest.HttpApi;
import io.presence.examples.gateway.rest.Pages;
import io.presence.examples.gateway.writes.PresenceWrites;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * The server: a store behind HTTP and a WebSocket on one port.
 *
 * <p><b>Threads.</b> The store's dispatcher delivers events, event loops read and write sockets, workers run lists.
 * {@link #start} and {@link #close} are for one thread.
 */
public final class Gateway implements AutoCloseable {

    private static final int MAX_LINE = 32 * 1024;
    private static final int MAX_HEADERS = 16 * 1024;
    private static final int WORKERS = 4;
    private static final long CLOSE_MILLIS = 5000;

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setWorkerPoolSize(WORKERS).setEventLoopPoolSize(loops()));
    private final Options options;
    private final PresenceStore store;
    private final HttpApi api;
    private final Pages pages = new Pages(vertx);
    private final RealtimeServer realtime;
    private volatile int port;

    /**
     * Creates a gateway that does not listen yet.
     *
     * @param store the store to serve; closed with the gateway
     * @param sessions the user of each secret
     * @param signer signs sessions and tokens
     * @param ended the sessions that were ended before they expired
     * @param nanoClock the monotonic clock of the store
     * @param clock the wall clock of the store
     */
    public Gateway(
            Options options,
            PresenceStore store,
            Map<String, User> sessions,
            Signer signer,
            EndedSessions ended,
            LongSupplier nanoClock,
            InstantSource clock) {
        this.options = options;
        this.store = store;
        SocketLimits limits = options.limits();
        Sessions all = new Sessions(sessions, signer, ended, clock);
        Jwt jwt = new Jwt(signer, clock);
        Authentication authentication = new Authentication(options.project(), all, jwt, options.keys());
        Origins origins = new Origins(options.origins(), names(options));
        ClientAddress addresses = new ClientAddress(options.proxies());
        Duration ttl = shorter(options.socketTtl(), limits.pongsAlone());
        PresenceWrites writes = new PresenceWrites(store, options.onePerUser(), ttl, options.usage(), nanoClock);
        Messages messages = new Messages(writes, authentication, all, limits, clock);
        this.api = new HttpApi(
                vertx,
                store,
                writes,
                all,
                jwt,
                clock,
                nanoClock,
                options.project(),
                authentication,
                origins,
                addresses,
                options.usage(),
                options.maxBody());
        this.realtime = new RealtimeServer(
                vertx,
                options.project(),
                authentication,
                all,
                origins,
                addresses,
                limits,
                options.usage(),
                ttl,
                options.grace(),
                store,
                clock,
                messages,
                nanoClock);
    }

    private static Set<String> names(Options options) {
        Set<String> names = new HashSet<>(options.hosts());
        names.add(options.host());
        return names;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static int loops() {
        return Math.max(1, Runtime.getRuntime().availableProcessors());
    }

    /** Returns a builder of the store of a gateway. */
    public static PresenceStoreBuilder store(Options options) {
        PresenceStoreBuilder builder = PresenceStore.builder()
                .maxPresences(options.maxPresences())
                .deliverUnchanged(!options.quietHeartbeats())
                .index("status")
                .index("metadata.documentId");
        ClusterAddress cluster = options.cluster();
        return cluster == null ? builder : builder.cluster(cluster.options(options.host(), options.grace()));
    }

    /**
     * Starts to listen. Returns when the gateway accepts connections.
     *
     * @throws Exception if it can't listen on the address
     */
    public void start() throws Exception {
        var deployed = vertx.deployVerticle(Server::new, new DeploymentOptions().setInstances(loops()));
        deployed.toCompletionStage().toCompletableFuture().get();
    }

    /** A server on one event loop. All instances share one port. */
    private final class Server extends VerticleBase {

        @Override
        public Future<?> start() {
            /* A negative port is any free port, the same for all instances with the same number. */
            int wanted = options.port() == 0 ? -1 : options.port();
            return vertx.createHttpServer(serverOptions())
                    .requestHandler(Gateway.this::handle)
                    .invalidRequestHandler(HttpApi::refuse)
                    .listen(wanted, options.host())
                    .onSuccess(this::listening);
        }

        private void listening(HttpServer server) {
            port = server.actualPort();
        }
    }

    private void handle(HttpServerRequest request) {
        if (RealtimeServer.isFor(request)) {
            realtime.handle(request);
        } else if (request.canUpgradeToWebSocket()) {
            request.response().setStatusCode(404).end();
        } else if (HttpApi.isFor(request)) {
            api.handle(request);
        } else {
            pages.handle(request);
        }
    }

    private HttpServerOptions serverOptions() {
        /* Twice the timeout of sockets, for connections on which not even a close frame arrives. */
        int idle = (int) Math.max(2, 2 * options.limits().timeout().toSeconds());
        HttpServerOptions http = new HttpServerOptions()
                .setMaxInitialLineLength(MAX_LINE)
                .setMaxHeaderSize(MAX_HEADERS)
                .setMaxWebSocketFrameSize(SocketLimits.MAX_FRAME)
                .setMaxWebSocketMessageSize(SocketLimits.MAX_FRAME)
                .setWebSocketClosingTimeout(2)
                /* The state of compression would take more memory than all else of a socket. */
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
        http.setReadIdleTimeout(idle).setIdleTimeoutUnit(TimeUnit.SECONDS);
        return http;
    }

    /** Returns the port that the gateway listens on. */
    public int port() {
        return port;
    }

    /** Returns the base URI of the gateway. */
    public String address() {
        return "http://" + options.host() + ":" + port;
    }

    /** Returns the number of sockets that are connected. */
    public int sockets() {
        return realtime.size();
    }

    /** Returns the number of sockets that are not read, since they are ahead of their pace. */
    public long heldBackSockets() {
        return realtime.heldBack();
    }

    /** Closes the sockets with a reason, evenly over the drain, then the store, then the event loops. */
    @Override
    public void close() {
        if (!options.drain().isZero()) {
            await(realtime.drain(options.drain()), options.drain());
        }
        await(realtime.close(), Duration.ZERO);
        store.close();
        await(vertx.close(), Duration.ZERO);
    }

    /* After the timeout the rest ends with the process. */
    private static void await(Future<?> future, Duration expected) {
        try {
            future.toCompletionStage()
                    .toCompletableFuture()
                    .get(expected.toMillis() + CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            System.getLogger(Gateway.class.getName()).log(System.Logger.Level.WARNING, "gateway must close in time", e);
        }
    }
}

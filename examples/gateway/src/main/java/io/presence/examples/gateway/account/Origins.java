package io.presence.examples.gateway.account;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The web sites whose pages may use the gateway: its own, those on the same machine, and those named.
 *
 * <p><b>Threads.</b> Immutable.
 */
public final class Origins {

    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> hosts;

    /**
     * Makes the rule.
     *
     * @param hosts further host names
     */
    public Origins(Set<String> hosts) {
        this.hosts = Set.copyOf(hosts);
    }

    /**
     * Tells whether a page may use the gateway.
     *
     * @param origin the page's, or null if the client is no browser
     * @param host what the client calls the gateway, or null
     */
    public boolean allows(@Nullable String origin, @Nullable String host) {
        if (origin == null) {
            return true;
        }
        String site = host(origin);
        return LOCAL.contains(site) || hosts.contains(site) || isOwn(origin, host);
    }

    /** Tells whether a page is of the gateway's own site, so that its cookies come along. */
    public static boolean isOwn(@Nullable String origin, @Nullable String host) {
        return origin != null
                && host != null
                && origin.toLowerCase(Locale.ROOT).endsWith("://" + host.toLowerCase(Locale.ROOT));
    }

    /** Returns the host name of an origin, or an empty text. */
    public static String host(String origin) {
        try {
            String host = new URI(origin).getHost();
            return host == null ? "" : host.toLowerCase(Locale.ROOT);
        } catch (URISyntaxException e) {
            return "";
        }
    }

    /** Says why a page may not. */
    public static String refusal(String origin) {
        return "Invalid Origin. Register your new client (" + host(origin)
                + ") as a new Web platform on your project console dashboard";
    }
}

package io.presence.examples.gateway.account;

import io.netty.util.NetUtil;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The web sites whose pages may use the gateway (its own, those of this machine, and the configured ones), and the host
 * names that requests may use. Any other name may belong to an attacker who has made it resolve to this machine ("DNS
 * rebinding"), so that a page of that name would pass for the gateway's own.
 *
 * <p><b>Threads.</b> Immutable.
 */
public final class Origins {

    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern ORIGIN = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://(.*)");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+)(:[0-9]*)?");

    private final Set<String> sites;
    private final Set<String> names;

    /**
     * Creates the rules.
     *
     * @param sites host names of further web sites
     * @param names further host names of the gateway; those of the sites are allowed too
     */
    public Origins(Set<String> sites, Set<String> names) {
        this.sites = lower(sites);
        this.names = lower(names);
    }

    private static Set<String> lower(Set<String> hosts) {
        Set<String> lower = new HashSet<>();
        hosts.forEach(host -> lower.add(host.toLowerCase(Locale.ROOT)));
        return Set.copyOf(lower);
    }

    /**
     * Returns whether a page may use the gateway.
     *
     * @param origin the origin of the page, or null if the client is no browser
     * @param host the {@code Host} of the request, or null
     */
    public boolean allows(@Nullable String origin, @Nullable String host) {
        if (origin == null) {
            return true;
        }
        String site = host(origin);
        return LOCAL.contains(site) || sites.contains(site) || (allowsHost(host) && isOwn(origin, host));
    }

    /**
     * Returns whether requests may use a host name. IP addresses are allowed, since no page can make an address resolve
     * to another machine.
     *
     * @param host the {@code Host} of the request, or null
     */
    public boolean allowsHost(@Nullable String host) {
        if (host == null) {
            return true;
        }
        String name = name(host);
        return LOCAL.contains(name) || isAddress(name) || names.contains(name) || sites.contains(name);
    }

    private static boolean isAddress(String name) {
        return name.startsWith("[") || NetUtil.isValidIpV4Address(name);
    }

    /** Returns whether a page belongs to the gateway's own site, so that its requests have cookies. */
    public static boolean isOwn(@Nullable String origin, @Nullable String host) {
        return origin != null
                && host != null
                && origin.toLowerCase(Locale.ROOT).endsWith("://" + host.toLowerCase(Locale.ROOT));
    }

    /** Returns the host name of an origin, or an empty text. */
    public static String host(String origin) {
        Matcher matcher = ORIGIN.matcher(origin);
        return matcher.matches() ? name(matcher.group(1)) : "";
    }

    /* Without the port; empty if it is malformed. */
    private static String name(String authority) {
        Matcher matcher = AUTHORITY.matcher(authority);
        return matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
    }

    /** Returns the error for a page that may not use the gateway. */
    public static String refusal(String origin) {
        return "Invalid Origin. Register your new client (" + host(origin)
                + ") as a new Web platform on your project console dashboard";
    }

    /** Returns the error for a host name that is not allowed. */
    public static String hostRefusal(@Nullable String host) {
        return "Invalid Host. Start the gateway with --allowed-host for this name: " + name(String.valueOf(host));
    }
}

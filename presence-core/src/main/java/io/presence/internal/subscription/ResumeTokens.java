package io.presence.internal.subscription;

import io.presence.Channel;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.store.Access;
import io.presence.internal.token.QueryDigest;
import io.presence.internal.token.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The resume tokens of one store. A token is a revision, authenticated (HMAC-SHA-256, 128 bits) with a secret of the
 * store, for one channel, one principal with its roles, and one filter or the same named filters. Any other text
 * decodes to -1.
 *
 * <p><b>Cost.</b> One HMAC of 40 bytes for each token. The digest of the filter is computed once for each subscription
 * and principal.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class ResumeTokens {

    private static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]{0,17})-([0-9a-f]{32})");

    private final Secret secret = new Secret();

    /** Creates the tokens of one store, with a new secret. */
    ResumeTokens() {}

    /**
     * Returns a token.
     *
     * @param revision the revision to resume from, or -1 if there is none
     */
    String token(LiveSubscription subscription, long revision) {
        return revision < 0 ? "none" : revision + "-" + HexFormat.of().formatHex(mac(revision, subscription));
    }

    /**
     * Returns the revision in the token, or -1 if the token was not made by this store for a subscription with the same
     * visibility.
     */
    long revision(LiveSubscription subscription, String token) {
        Matcher parts = FORM.matcher(token);
        if (!parts.matches()) {
            return -1;
        }
        long revision = Long.parseLong(parts.group(1));
        byte[] given = parts.group(2).getBytes(StandardCharsets.US_ASCII);
        byte[] right = HexFormat.of().formatHex(mac(revision, subscription)).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(given, right) ? revision : -1;
    }

    private byte[] mac(long revision, LiveSubscription subscription) {
        byte[] position = ByteBuffer.allocate(Long.BYTES).putLong(revision).array();
        return secret.mac(position, subscription.visibilityDigest(access -> digest(subscription, access)));
    }

    /* The condition of readability contains the user and all roles. */
    private static byte[] digest(LiveSubscription subscription, Access access) {
        Channel channel = subscription.channel();
        String action = channel.action() == null ? null : channel.action().name();
        return new QueryDigest()
                .add(channel.presenceId())
                .add(action)
                .add(access.readable())
                .add(subscription.filter())
                .add(subscription.listenerMeaning())
                .digest();
    }
}

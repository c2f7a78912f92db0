package io.presence.internal.join;

import io.presence.internal.deliver.LiveSubscription;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By what a subscription that returns says where it was: the store, the revision, and what it saw. Whatever does not fit
 * stands for nowhere. A forged one gains nothing, since what is told is judged by who asks.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public final class ResumeTokens {

    private static final Pattern FORM = Pattern.compile("([0-9a-f]{16})-([0-9]{1,18})-([0-9a-f]{16})");

    private final String store = HexFormat.of().toHexDigits(new SecureRandom().nextLong());

    /** Makes the tokens of one store. */
    public ResumeTokens() {}

    /**
     * Makes a token.
     *
     * @param revision where it is, or -1 for nowhere
     */
    public String token(LiveSubscription subscription, long revision) {
        return revision < 0 ? "none" : store + "-" + revision + "-" + sight(subscription);
    }

    /** The revision that a token stands for if it is of this store and the same sight, otherwise -1. */
    public long revision(LiveSubscription subscription, String token) {
        Matcher parts = FORM.matcher(token);
        boolean fits = parts.matches()
                && parts.group(1).equals(store)
                && parts.group(3).equals(sight(subscription));
        return fits ? Long.parseLong(parts.group(2)) : -1;
    }

    private static String sight(LiveSubscription subscription) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] hash = digest.digest(subscription.condition().toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 must be there, every JDK has it: " + e.getMessage(), e);
        }
    }
}

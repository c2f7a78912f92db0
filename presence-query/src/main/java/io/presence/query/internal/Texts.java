package io.presence.query.internal;

/**
 * String searches by code points: a match never begins or ends within a surrogate pair.
 *
 * <p><b>Cost.</b> That of the methods of {@link String}, unless the part begins or ends with half of a pair.
 */
public final class Texts {

    private Texts() {}

    /** Returns whether a text begins with a prefix. */
    public static boolean startsWith(String text, String prefix) {
        return text.startsWith(prefix) && isBoundary(text, prefix.length());
    }

    /** Returns whether a text ends with a suffix. */
    public static boolean endsWith(String text, String suffix) {
        return text.endsWith(suffix) && isBoundary(text, text.length() - suffix.length());
    }

    /** Returns whether a text contains a part. */
    public static boolean contains(String text, String part) {
        int at = text.indexOf(part);
        while (at >= 0 && !(isBoundary(text, at) && isBoundary(text, at + part.length()))) {
            at = text.indexOf(part, at + 1);
        }
        return at >= 0;
    }

    private static boolean isBoundary(String text, int index) {
        return index == 0
                || index == text.length()
                || !Character.isLowSurrogate(text.charAt(index))
                || !Character.isHighSurrogate(text.charAt(index - 1));
    }
}

package io.presence.query.internal.json;

/**
 * Surrogates that are not in a pair: legal in a Java string and, as an escape, in a JSON string. There are no bytes for
 * them; encoding puts a question mark.
 */
final class Surrogates {
    private Surrogates() {}

    static boolean isAnyLoneIn(String text) {
        return text.codePoints().anyMatch(Surrogates::isSurrogate);
    }

    /** Replaces those in a JSON text, where they can only be within strings. */
    static String escapeLone(String json) {
        if (!isAnyLoneIn(json)) {
            return json;
        }
        StringBuilder escaped = new StringBuilder(json.length());
        json.codePoints().forEach(c -> {
            if (isSurrogate(c)) {
                escaped.append(String.format("\\u%04x", c));
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}

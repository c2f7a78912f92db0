package io.presence.query.internal.json;

/** Lone surrogates: legal in a Java string and, as an escape, in a JSON string. They have no encoding in bytes. */
final class Surrogates {

    private Surrogates() {}

    static boolean isAnyLoneIn(String text) {
        return text.codePoints().anyMatch(Surrogates::isSurrogate);
    }

    /** Escapes the lone surrogates in a JSON text, which can only be in its strings. */
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

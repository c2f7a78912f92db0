package io.presence;

import java.time.Duration;

/** The rules for ids, status and lifetimes that several parameters share, with one wording for each error. */
final class Checks {

    static final int MAX_ID = 64;
    static final int MAX_STATUS = 255;
    private static final int MAX_EXCERPT = 40;

    private Checks() {}

    /** Returns {@code id} if it is one: 1 to 64 of {@code [A-Za-z0-9._-]}, the first a letter or a digit. */
    static String id(String parameter, String id) {
        return key(parameter, id, MAX_ID);
    }

    static String key(String parameter, String key, int maxLength) {
        boolean valid = !key.isEmpty()
                && key.length() <= maxLength
                && alphanumeric(key.charAt(0))
                && key.chars().allMatch(c -> alphanumeric(c) || c == '.' || c == '_' || c == '-');
        if (!valid) {
            throw new IllegalArgumentException(parameter + " must be 1 to " + maxLength
                    + " characters of [A-Za-z0-9._-], the first a letter or digit: " + excerpt(key));
        }
        return key;
    }

    static boolean alphanumeric(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /** Returns {@code text} if it has 1 to 255 characters (code points). */
    static String text(String parameter, String text) {
        int length = text.codePointCount(0, text.length());
        if (length < 1 || length > MAX_STATUS) {
            throw new IllegalArgumentException(parameter + " must be 1 to " + MAX_STATUS + " characters: " + length);
        }
        return text;
    }

    static Duration positive(String parameter, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(parameter + " must be positive: " + duration);
        }
        return duration;
    }

    /** Returns what an error message may repeat of a caller's text: quoted, printable and short. */
    static String excerpt(String text) {
        String head = text.length() <= MAX_EXCERPT ? text : text.substring(0, MAX_EXCERPT) + "...";
        return '"' + printable(head) + '"';
    }

    /** Returns {@code text} with a question mark for each control character, so that a log line stays one. */
    static String printable(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.chars().forEach(c -> out.append(Character.isISOControl(c) ? '?' : (char) c));
        return out.toString();
    }
}

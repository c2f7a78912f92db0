package io.presence;

import io.presence.query.AttributePath;
import java.time.Duration;
import java.util.Set;

/** The rules for ids, texts, lifetimes, numbers and attributes that are given to the API, with one wording for each error. */
final class Checks {

    static final int MAX_ID = 64;
    static final int MAX_STATUS = 255;
    private static final int MAX_EXCERPT = 40;
    private static final Set<String> INDEXABLE = Set.of("userId", "status", "source");

    private Checks() {}

    /** Returns {@code id} if it is one: 1 to 64 of {@code [A-Za-z0-9._-]}, the first a letter or a digit. */
    static String id(String parameter, String id) {
        return key(parameter, id, MAX_ID);
    }

    static String key(String parameter, String key, int maxLength) {
        boolean valid =
                !key.isEmpty() && key.length() <= maxLength && alphanumeric(key.charAt(0)) && hasOnlyKeyCharacters(key);
        if (!valid) {
            throw new IllegalArgumentException(parameter + " must be 1 to " + maxLength
                    + " characters of [A-Za-z0-9._-], the first a letter or digit: " + excerpt(key));
        }
        return key;
    }

    /* A loop: each write of a presence asks, twice. */
    private static boolean hasOnlyKeyCharacters(String key) {
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (!alphanumeric(c) && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
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

    /** Returns {@code attribute} as a path if presences can be indexed by it. */
    static AttributePath indexable(String attribute) {
        AttributePath path = AttributePath.parse(attribute);
        if (path.root().equals("metadata") ? path.size() == 1 : path.size() > 1 || !INDEXABLE.contains(path.root())) {
            throw new IllegalArgumentException(
                    "attribute must be userId, status, source or metadata.<path>: " + excerpt(attribute));
        }
        return path;
    }

    static Duration positive(String parameter, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(parameter + " must be positive: " + duration);
        }
        return duration;
    }

    static long notNegative(String parameter, long number) {
        if (number < 0) {
            throw new IllegalArgumentException(parameter + " must not be negative: " + number);
        }
        return number;
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

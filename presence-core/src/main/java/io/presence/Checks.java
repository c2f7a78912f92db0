package io.presence;

import io.presence.query.AttributePath;
import io.presence.query.QueryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The checks of ids, texts, TTLs, numbers and attributes in the API, with one error text for each rule. */
final class Checks {

    static final int MAX_STATUS = 255;
    private static final int MAX_EXCERPT = 40;
    private static final Set<String> INDEXABLE = Set.of("userId", "status", "source");

    private Checks() {}

    /** Returns {@code value} unless it is null. */
    static <T> T notNull(String parameter, @Nullable T value) {
        if (value == null) {
            throw new NullPointerException(parameter + " must not be null");
        }
        return value;
    }

    /** Returns {@code values} unless one of them is null. */
    static <T> List<T> all(String parameter, T[] values) {
        return all(parameter, Arrays.asList(notNull(parameter, values)));
    }

    /** Returns {@code values} unless one of them is null. */
    static <T> List<T> all(String parameter, List<T> values) {
        int index = 0;
        for (T value : notNull(parameter, values)) {
            if (value == null) {
                throw new NullPointerException(parameter + "[" + index + "] must not be null");
            }
            index++;
        }
        return values;
    }

    /** Returns {@code first} and {@code more} in one list unless one of them is null. */
    static <T> List<T> firstAndMore(String parameter, T first, T[] more) {
        List<T> values = new ArrayList<>(1 + notNull(parameter, more).length);
        values.add(first);
        values.addAll(Arrays.asList(more));
        return all(parameter, values);
    }

    /** Returns {@code id} if it follows the rule of {@link Ids}. */
    static String id(String parameter, String id) {
        return key(parameter, id, Ids.MAX_LENGTH);
    }

    static String key(String parameter, String key, int maxLength) {
        int length = notNull(parameter, key).length();
        if (length == 0 || length > maxLength) {
            throw new IllegalArgumentException(parameter + " must be 1 to " + maxLength + " characters: " + length);
        }
        /* A loop and not a stream: each write calls this twice. */
        for (int i = 0; i < length; i++) {
            if (!Ids.isAllowed(key.charAt(i))) {
                throw new IllegalArgumentException(parameter
                        + " must be printable ASCII without space, \", / and \\ (see Ids.escape): " + excerpt(key));
            }
        }
        return key;
    }

    /** Returns a name for logs and threads if it follows the rule of their options. */
    static String name(String name, int maxLength) {
        int length = notNull("name", name).length();
        boolean isName = length > 0 && length <= maxLength && isLetterOrDigit(name.charAt(0));
        for (int i = 1; i < length && isName; i++) {
            isName = isLetterOrDigit(name.charAt(i)) || "._-".indexOf(name.charAt(i)) >= 0;
        }
        if (!isName) {
            throw new IllegalArgumentException("name must be 1 to " + maxLength
                    + " characters of [A-Za-z0-9._-], the first a letter or a digit: " + excerpt(name));
        }
        return name;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /** Returns {@code text} if it has 1 to 255 characters (code points). */
    static String text(String parameter, String text) {
        int length = notNull(parameter, text).codePointCount(0, text.length());
        if (length < 1 || length > MAX_STATUS) {
            throw new IllegalArgumentException(parameter + " must be 1 to " + MAX_STATUS + " characters: " + length);
        }
        return text;
    }

    /** Returns {@code attribute} as a path if an index on it can be declared. */
    static AttributePath indexable(String attribute) {
        AttributePath path = AttributePath.parse(notNull("attribute", attribute));
        if (path.root().equals("metadata") ? path.size() == 1 : path.size() > 1 || !INDEXABLE.contains(path.root())) {
            throw new IllegalArgumentException(
                    "attribute must be userId, status, source or metadata.<path>: " + excerpt(attribute));
        }
        return path;
    }

    /** Returns the keys of a path below metadata, without the first. */
    static List<String> metadataKeys(String parameter, String path) {
        List<String> segments = List.of();
        try {
            segments = AttributePath.parse(notNull(parameter, path)).segments();
        } catch (QueryException e) {
            /* Refused below, with the name of the parameter. */
        }
        if (segments.size() < 2 || !segments.get(0).equals("metadata")) {
            throw new IllegalArgumentException(parameter
                    + " must be metadata.<key>, further keys after dots, of at most " + AttributePath.MAX_LENGTH
                    + " characters: " + excerpt(path));
        }
        return segments.subList(1, segments.size());
    }

    static Duration positive(String parameter, Duration duration) {
        if (notNull(parameter, duration).isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(parameter + " must be positive: " + duration);
        }
        return duration;
    }

    static int positive(String parameter, int number) {
        if (number <= 0) {
            throw new IllegalArgumentException(parameter + " must be positive: " + number);
        }
        return number;
    }

    static long notNegative(String parameter, long number) {
        if (number < 0) {
            throw new IllegalArgumentException(parameter + " must not be negative: " + number);
        }
        return number;
    }

    /** Returns a quoted, printable and shortened form of a caller's text, for error texts. */
    static String excerpt(String text) {
        String head = text.length() <= MAX_EXCERPT ? text : text.substring(0, MAX_EXCERPT) + "...";
        return '"' + printable(head) + '"';
    }

    /** Returns {@code text} with a question mark for each control character, so that it cannot break a log line. */
    static String printable(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.chars().forEach(c -> out.append(Character.isISOControl(c) ? '?' : (char) c));
        return out.toString();
    }
}

package io.presence.query;

import io.presence.query.internal.ErrorExcerpt;
import org.jspecify.annotations.Nullable;

/**
 * A query was refused. Says why in a {@link #code()}, and where in a {@link #path()} and an {@link #offset()}.
 *
 * <p>The message reads {@code <parameter> <rule>: <value>}, followed by the path when it says more than {@code $}. It
 * is bounded whatever the input: at most 64 characters of a value are shown, control characters escaped, and lists
 * and maps only by size.
 */
public final class QueryException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_PATH = 256;

    /** Why a query was refused. */
    public enum Code {
        /** The text is not JSON, or not a query in JSON. */
        MALFORMED,
        /** The method does not exist in this language. */
        UNKNOWN_METHOD,
        /** The path of an attribute is malformed or out of bounds. */
        INVALID_ATTRIBUTE,
        /** The attribute is not one of the schema, or has nothing within it. */
        UNKNOWN_ATTRIBUTE,
        /** The method takes fewer or more values, or at least one filter. */
        WRONG_COUNT,
        /** The value is of a type, or at a place, that the language does not have. */
        INVALID_VALUE,
        /** The method is right elsewhere: an option among filters, or a list option in a subscription. */
        NOT_ALLOWED,
        /** The option was given already, or excludes one that was. */
        CONFLICT,
        /** The query is larger or deeper than the limits. */
        LIMIT_EXCEEDED
    }

    private final Code code;
    private final String path;
    private final int offset;
    private final String reason;

    /**
     * Makes an exception for a query that did not come from text.
     *
     * @param code why
     * @param path where, such as {@code $[1].values[0]}; the query itself is {@code $}
     * @param problem the parameter and the rule, in words that do not come from the query
     * @param value what broke the rule, of which a bounded part is shown
     */
    public QueryException(Code code, String path, String problem, @Nullable Object value) {
        this(code, bounded(path), -1, problem + ": " + ErrorExcerpt.of(value));
    }

    private QueryException(Code code, String path, int offset, String reason) {
        super(path.equals("$") ? reason : reason + " (at " + path + ")");
        this.code = Checks.notNull("code", code);
        this.path = path;
        this.offset = offset;
        this.reason = reason;
    }

    /**
     * Returns this refusal as seen from an enclosing query: the path begins with {@code parent} in place of {@code $}.
     *
     * @param parent the path of the query that this one is about
     */
    public QueryException within(String parent) {
        return copy(parent + path.substring(1), offset);
    }

    /** Returns this refusal with the offset of its cause in the text that the query came from. */
    public QueryException at(int newOffset) {
        return copy(path, newOffset);
    }

    /** Returns why the query was refused. */
    public Code code() {
        return code;
    }

    /** Returns what was refused, from the outermost query {@code $} inwards: {@code $[1].values[0]}. */
    public String path() {
        return path;
    }

    /** Returns where the cause begins in the text that the query came from, or -1 when it did not come from text. */
    public int offset() {
        return offset;
    }

    private QueryException copy(String newPath, int newOffset) {
        QueryException copy = new QueryException(code, bounded(newPath), newOffset, reason);
        copy.setStackTrace(getStackTrace());
        return copy;
    }

    private static String bounded(String path) {
        return path.length() <= MAX_PATH ? path : path.substring(0, MAX_PATH) + "...";
    }
}

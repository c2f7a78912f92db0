package io.presence.internal.token;

import io.presence.query.AttributePath;
import io.presence.query.ListQuery;
import io.presence.query.Method;
import io.presence.query.Query;
import io.presence.query.Query.Filter;
import io.presence.query.Query.FilterVisitor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 digest of queries and texts in a typed form: a tag before each part, and a length before each part of
 * variable length. Two sequences of parts have the same form if and only if they are equal, by the equality of
 * {@link Query}.
 *
 * <p><b>Cost.</b> Linear in the size of the query.
 *
 * <p><b>Threads.</b> For one thread.
 */
public final class QueryDigest implements FilterVisitor<QueryDigest> {

    private static final int BUFFER = 512;

    private final MessageDigest digest;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    /** Starts without parts. */
    public QueryDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available: " + e.getMessage(), e);
        }
    }

    /** Adds a filter. */
    public QueryDigest add(Filter filter) {
        filter.accept(this);
        return this;
    }

    /** Adds a text or null. */
    public QueryDigest add(@Nullable String text) {
        value(text);
        return this;
    }

    /** Adds the clauses of an order, the most significant first. */
    public QueryDigest add(List<ListQuery.Order> orders) {
        number(orders.size());
        for (ListQuery.Order order : orders) {
            head('r', order.method());
            path(order.attribute());
        }
        return this;
    }

    /** Returns the digest of all parts; none can be added afterwards. */
    public byte[] digest() {
        flush();
        return digest.digest();
    }

    @Override
    public QueryDigest comparison(Query.Comparison comparison) {
        head('c', comparison.method());
        path(comparison.attribute());
        list(comparison.values());
        return this;
    }

    @Override
    public QueryDigest nullCheck(Query.NullCheck check) {
        head('n', check.method());
        path(check.attribute());
        return this;
    }

    @Override
    public QueryDigest exists(Query.Exists exists) {
        head('x', exists.method());
        number(exists.attributes().size());
        exists.attributes().forEach(this::path);
        return this;
    }

    @Override
    public QueryDigest elemMatch(Query.ElemMatch elements) {
        tag('e');
        path(elements.attribute());
        filters(elements.filters());
        return this;
    }

    @Override
    public QueryDigest and(Query.And and) {
        tag('a');
        filters(and.filters());
        return this;
    }

    @Override
    public QueryDigest or(Query.Or or) {
        tag('o');
        filters(or.filters());
        return this;
    }

    private void filters(List<Filter> filters) {
        number(filters.size());
        filters.forEach(this::add);
    }

    private void head(char kind, Method method) {
        tag(kind);
        text(method.name());
    }

    private void path(AttributePath path) {
        number(path.size());
        path.segments().forEach(this::text);
    }

    private void list(List<? extends @Nullable Object> values) {
        number(values.size());
        values.forEach(this::value);
    }

    private void value(@Nullable Object value) {
        if (value == null) {
            tag('0');
        } else if (value instanceof String text) {
            tag('s');
            text(text);
        } else if (value instanceof Boolean flag) {
            tag(flag ? 't' : 'f');
        } else if (value instanceof List<?> list) {
            tag('l');
            list(list);
        } else if (value instanceof Map<?, ?> map) {
            tag('m');
            map(map);
        } else {
            numeral(value);
        }
    }

    private void map(Map<?, ?> map) {
        Map<Object, @Nullable Object> sorted = new TreeMap<>(map);
        number(sorted.size());
        sorted.forEach((key, value) -> {
            text(key.toString());
            value(value);
        });
    }

    private void numeral(Object value) {
        if (value instanceof Long whole) {
            tag('i');
            number(whole);
        } else if (value instanceof Double real) {
            tag('d');
            number(Double.doubleToLongBits(real));
        } else if (value instanceof BigInteger whole) {
            tag('I');
            bytes(whole.toByteArray());
        } else if (value instanceof BigDecimal decimal) {
            tag('D');
            number(decimal.scale());
            bytes(decimal.unscaledValue().toByteArray());
        } else {
            throw new IllegalArgumentException("value must be of a class that queries hold: " + value.getClass());
        }
    }

    private void bytes(byte[] bytes) {
        number(bytes.length);
        for (byte each : bytes) {
            room(Byte.BYTES).put(each);
        }
    }

    /* Writes UTF-16 units: in UTF-8 all unpaired surrogates would be equal. */
    private void text(String text) {
        number(text.length());
        for (int i = 0; i < text.length(); i++) {
            room(Character.BYTES).putChar(text.charAt(i));
        }
    }

    private void tag(char tag) {
        room(Character.BYTES).putChar(tag);
    }

    private void number(long number) {
        room(Long.BYTES).putLong(number);
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    private void flush() {
        digest.update(buffer.flip());
        buffer.clear();
    }
}

package io.presence.query.internal.normal;

import io.presence.query.AttributePath;
import io.presence.query.Method;
import io.presence.query.Query;
import io.presence.query.Values;
import io.presence.query.internal.hash.PolynomialHash;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A keyed hash of a filter: equal filters have equal hashes, and collisions cannot be chosen without the seed.
 *
 * <p>A filter is encoded as a sequence of numbers below 2<sup>49</sup>, none of them zero, and different filters have
 * different sequences. The hash is the {@link PolynomialHash} with these coefficients.
 *
 * <p><b>Cost.</b> Linear in the size of the filter in characters; one multiplication for three of them. It allocates
 * for numbers that are neither a {@code long} nor a {@code double}, and for maps.
 * <p><b>Threads.</b> Stateless.
 */
final class FilterHash {

    /* The number of characters in one coefficient. */
    private static final int CHARS = 3;

    private FilterHash() {}

    /**
     * Returns the hash of a filter.
     *
     * @param normalized in normal form, which is not checked
     * @param seed secret and random if untrusted callers choose the filters
     */
    static long hash(Query.Filter normalized, long seed) {
        PolynomialHash polynomial = new PolynomialHash(seed);
        return polynomial.finish(normalized.accept(new Sequence(polynomial)).sum);
    }

    private static final class Sequence implements Query.FilterVisitor<Sequence> {
        private final PolynomialHash polynomial;
        private long sum;

        Sequence(PolynomialHash polynomial) {
            this.polynomial = polynomial;
        }

        @Override
        public Sequence comparison(Query.Comparison node) {
            head(node.method(), node.attribute());
            return list(node.values());
        }

        @Override
        public Sequence nullCheck(Query.NullCheck node) {
            return head(node.method(), node.attribute());
        }

        @Override
        public Sequence exists(Query.Exists node) {
            method(node.method()).add(node.attributes().size());
            for (int i = 0; i < node.attributes().size(); i++) {
                attribute(node.attributes().get(i));
            }
            return this;
        }

        @Override
        public Sequence elemMatch(Query.ElemMatch node) {
            return head(node.method(), node.attribute()).filters(node.filters());
        }

        @Override
        public Sequence and(Query.And node) {
            return method(node.method()).filters(node.filters());
        }

        @Override
        public Sequence or(Query.Or node) {
            return method(node.method()).filters(node.filters());
        }

        private Sequence head(Method method, AttributePath attribute) {
            return method(method).attribute(attribute);
        }

        private Sequence method(Method method) {
            return add(method.wireName().hashCode());
        }

        private Sequence attribute(AttributePath attribute) {
            List<String> segments = attribute.segments();
            add(segments.size());
            for (int i = 0; i < segments.size(); i++) {
                text(segments.get(i));
            }
            return this;
        }

        private Sequence filters(List<Query.Filter> filters) {
            add(filters.size());
            for (int i = 0; i < filters.size(); i++) {
                filters.get(i).accept(this);
            }
            return this;
        }

        private Sequence list(List<?> values) {
            add(values.size());
            for (int i = 0; i < values.size(); i++) {
                value(values.get(i));
            }
            return this;
        }

        /** Maps are equal in any order. */
        private Sequence map(Map<?, ?> map) {
            Map<String, @Nullable Object> sorted = new TreeMap<>(Values::compareStrings);
            map.forEach((key, value) -> sorted.put((String) key, value));
            add(sorted.size());
            sorted.forEach((key, value) -> text(key).value(value));
            return this;
        }

        private Sequence value(@Nullable Object value) {
            if (value instanceof String text) {
                return add('s').text(text);
            }
            if (value instanceof Number number) {
                return number(number);
            }
            if (value instanceof List<?> list) {
                return add('l').list(list);
            }
            if (value instanceof Map<?, ?> map) {
                return add('m').map(map);
            }
            return add(value == null ? 'n' : value.equals(true) ? 't' : 'f');
        }

        /** Adds a number. Numbers in normal form are equal as objects. */
        private Sequence number(Number number) {
            if (number instanceof Long) {
                return add('i').bits(number.longValue());
            }
            if (number instanceof BigInteger integer) {
                return add('b').bytes(integer);
            }
            if (number instanceof BigDecimal decimal) {
                return add('d').add(decimal.scale()).bytes(decimal.unscaledValue());
            }
            return add('e').bits(Double.doubleToLongBits(number.doubleValue()));
        }

        private Sequence bits(long bits) {
            return add((int) (bits >>> Integer.SIZE)).add((int) bits);
        }

        private Sequence bytes(BigInteger integer) {
            byte[] bytes = integer.toByteArray();
            add(bytes.length);
            for (byte b : bytes) {
                add(b);
            }
            return this;
        }

        private Sequence text(String text) {
            add(text.length());
            int at = 0;
            for (int end = text.length() - text.length() % CHARS; at < end; at += CHARS) {
                step(text.charAt(at) | (long) text.charAt(at + 1) << 16 | (long) text.charAt(at + 2) << 32);
            }
            for (; at < text.length(); at++) {
                step(text.charAt(at));
            }
            return this;
        }

        private Sequence add(int number) {
            step(Integer.toUnsignedLong(number));
            return this;
        }

        private void step(long number) {
            sum = polynomial.step(sum, number + 1);
        }
    }
}

package io.presence.query.internal.normal;

import io.presence.query.AttributePath;
import io.presence.query.Method;
import io.presence.query.Query;
import io.presence.query.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A keyed hash of a filter: equal filters have equal hashes, and who does not know the seed cannot choose filters that
 * collide.
 *
 * <p>A filter is written as a sequence of numbers below 2<sup>33</sup>, none of them zero, and no two filters have the
 * same sequence. The hash is the polynomial with these coefficients, modulo the prime 2<sup>61</sup>-1, at a point that
 * the seed decides. Two polynomials of n coefficients meet at no more than n points, so two filters collide for one seed
 * in 2<sup>61</sup>/n, whatever the filters. Modulo a power of two that would not be so: there are texts whose
 * polynomials meet at every point.
 *
 * <p><b>Cost.</b> Linear in the size of the filter, in characters; one multiplication for each. Allocates for numbers
 * beyond {@code long} and {@code double}, and for maps.
 * <p><b>Threads.</b> Stateless.
 */
public final class FilterHash {
    private static final int PRIME_BITS = 61;
    private static final long PRIME = (1L << PRIME_BITS) - 1;
    private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;

    private FilterHash() {}

    /**
     * Returns the hash of a filter.
     *
     * @param normalized in normal form, or filters that say the same differ; it is not checked
     * @param seed secret and random, where strangers choose the filters
     */
    public static long hash(Query.Filter normalized, long seed) {
        Polynomial polynomial = new Polynomial(1 + (mix(seed) >>> 3) % (PRIME - 1));
        normalized.accept(polynomial);
        return mix(polynomial.sum + mix(seed + GOLDEN_RATIO));
    }

    /** A bijection in which each bit depends on all others, so that any part of a hash is as good. */
    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    private static final class Polynomial implements Query.FilterVisitor<Polynomial> {
        private final long point;
        private long sum;

        Polynomial(long point) {
            this.point = point;
        }

        @Override
        public Polynomial comparison(Query.Comparison node) {
            head(node.method(), node.attribute());
            return list(node.values());
        }

        @Override
        public Polynomial nullCheck(Query.NullCheck node) {
            return head(node.method(), node.attribute());
        }

        @Override
        public Polynomial exists(Query.Exists node) {
            text(node.method().wireName()).add(node.attributes().size());
            node.attributes().forEach(this::attribute);
            return this;
        }

        @Override
        public Polynomial elemMatch(Query.ElemMatch node) {
            return head(node.method(), node.attribute()).filters(node.filters());
        }

        @Override
        public Polynomial and(Query.And node) {
            return text(node.method().wireName()).filters(node.filters());
        }

        @Override
        public Polynomial or(Query.Or node) {
            return text(node.method().wireName()).filters(node.filters());
        }

        private Polynomial head(Method method, AttributePath attribute) {
            return text(method.wireName()).attribute(attribute);
        }

        private Polynomial attribute(AttributePath attribute) {
            add(attribute.size());
            attribute.segments().forEach(this::text);
            return this;
        }

        private Polynomial filters(List<Query.Filter> filters) {
            add(filters.size());
            filters.forEach(filter -> filter.accept(this));
            return this;
        }

        private Polynomial list(List<?> values) {
            add(values.size());
            values.forEach(this::value);
            return this;
        }

        /** Maps are equal in any order. */
        private Polynomial map(Map<?, ?> map) {
            Map<String, @Nullable Object> sorted = new TreeMap<>(Values::compareStrings);
            map.forEach((key, value) -> sorted.put((String) key, value));
            add(sorted.size());
            sorted.forEach((key, value) -> text(key).value(value));
            return this;
        }

        private Polynomial value(@Nullable Object value) {
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

        /** Numbers are equal as objects: what they stand for was settled by the normal form. */
        private Polynomial number(Number number) {
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

        private Polynomial bits(long bits) {
            return add((int) (bits >>> Integer.SIZE)).add((int) bits);
        }

        private Polynomial bytes(BigInteger integer) {
            byte[] bytes = integer.toByteArray();
            add(bytes.length);
            for (byte b : bytes) {
                add(b);
            }
            return this;
        }

        private Polynomial text(String text) {
            add(text.length());
            for (int i = 0; i < text.length(); i++) {
                add(text.charAt(i));
            }
            return this;
        }

        private Polynomial add(int number) {
            long next = timesPoint(sum) + Integer.toUnsignedLong(number) + 1;
            sum = next >= PRIME ? next - PRIME : next;
            return this;
        }

        /** The product modulo the prime, or the prime itself for zero: 2<sup>61</sup> is 1, so the halves are added. */
        private long timesPoint(long factor) {
            long high = Math.multiplyHigh(factor, point);
            long low = factor * point;
            long halves = (low & PRIME) + (low >>> PRIME_BITS | high << (Long.SIZE - PRIME_BITS));
            return halves >= PRIME ? halves - PRIME : halves;
        }
    }
}

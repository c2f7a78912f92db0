package io.presence.query.internal.normal;

import io.presence.query.AttributePath;
import io.presence.query.Method;
import io.presence.query.Query;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** Says the same in other words, at random: each rewrite is one that must not change the normal form. */
final class Rewriter implements Query.FilterVisitor<Query.Filter> {

    private final Random random;

    Rewriter(Random random) {
        this.random = random;
    }

    Query.Filter rewrite(Query.Filter filter) {
        Query.Filter other = filter.accept(this);
        return switch (random.nextInt(12)) {
            case 0 -> new Query.And(List.of(other));
            case 1 -> new Query.Or(List.of(other));
            case 2 -> new Query.And(List.of(other, filter));
            case 3 -> new Query.Or(List.of(filter, other));
            case 4 -> new Query.And(List.of(Query.everything(), other));
            case 5 -> new Query.Or(List.of(other, Query.nothing()));
            case 6 -> new Query.And(List.of(other, new Query.Or(List.of(Query.isNull("z"), Query.isNotNull("z")))));
            default -> other;
        };
    }

    @Override
    public Query.Filter comparison(Query.Comparison node) {
        return switch (node.method()) {
            case EQUAL -> node.values().size() == 1 && coin() ? range(node) : split(node, Query.Or::new);
            case CONTAINS, CONTAINS_ANY -> split(contains(node), Query.Or::new);
            case NOT_EQUAL, NOT_CONTAINS, CONTAINS_ALL -> split(node, Query.And::new);
            case BETWEEN -> coin() ? bounds(node) : withValues(node, reclassed(node.values()));
            default -> withValues(node, reclassed(node.values()));
        };
    }

    @Override
    public Query.Filter nullCheck(Query.NullCheck node) {
        Method method = node.method() == Method.IS_NULL ? Method.NOT_EXISTS : Method.EXISTS;
        return coin() ? node : new Query.Exists(method, List.of(node.attribute()));
    }

    @Override
    public Query.Filter exists(Query.Exists node) {
        List<AttributePath> attributes = shuffledAndRepeated(node.attributes());
        if (node.method().isNegated() || coin()) {
            return new Query.Exists(node.method(), attributes);
        }
        return new Query.Or(attributes.stream()
                .<Query.Filter>map(attribute -> new Query.NullCheck(Method.IS_NOT_NULL, attribute))
                .toList());
    }

    @Override
    public Query.Filter elemMatch(Query.ElemMatch node) {
        return new Query.ElemMatch(node.attribute(), group(node.filters(), Query.And::new));
    }

    @Override
    public Query.Filter and(Query.And node) {
        return new Query.And(group(node.filters(), Query.And::new));
    }

    @Override
    public Query.Filter or(Query.Or node) {
        return new Query.Or(group(node.filters(), Query.Or::new));
    }

    /** Some of the filters in a group of their own. */
    private List<Query.Filter> group(List<Query.Filter> filters, Function<List<Query.Filter>, Query.Filter> join) {
        List<Query.Filter> all = new ArrayList<>(
                shuffledAndRepeated(filters.stream().map(this::rewrite).toList()));
        if (!all.isEmpty() && coin()) {
            List<Query.Filter> some = all.subList(0, random.nextInt(all.size()));
            Query.Filter group = join.apply(some);
            some.clear();
            all.add(random.nextInt(all.size() + 1), group);
        }
        return all;
    }

    private Query.Filter split(Query.Comparison node, Function<List<Query.Filter>, Query.Filter> join) {
        List<Object> values = reclassed(shuffledAndRepeated(node.values()));
        if (node.method() != Method.CONTAINS_ALL && coin()) {
            values.add(null);
        }
        int middle = values.isEmpty() ? 0 : random.nextInt(values.size());
        if (middle == 0) {
            return withValues(node, values);
        }
        Query.Filter left = withValues(node, values.subList(0, middle));
        Query.Filter right = withValues(node, values.subList(middle, values.size()));
        return join.apply(List.of(left, right));
    }

    private Query.Comparison contains(Query.Comparison node) {
        Method method = coin() ? Method.CONTAINS : Method.CONTAINS_ANY;
        return new Query.Comparison(method, node.attribute(), node.values());
    }

    private static Query.Filter bounds(Query.Comparison node) {
        return new Query.And(List.of(
                new Query.Comparison(
                        Method.LESS_THAN_EQUAL, node.attribute(), node.values().subList(1, 2)),
                new Query.Comparison(
                        Method.GREATER_THAN_EQUAL,
                        node.attribute(),
                        node.values().subList(0, 1))));
    }

    /** Only what has an order is in a range. */
    private static Query.Filter range(Query.Comparison node) {
        Object value = node.values().get(0);
        boolean isOrdered = value instanceof Number || value instanceof String;
        return isOrdered ? new Query.Comparison(Method.BETWEEN, node.attribute(), List.of(value, value)) : node;
    }

    private static Query.Filter withValues(Query.Comparison node, List<Object> values) {
        return new Query.Comparison(node.method(), node.attribute(), values);
    }

    private <T> List<T> shuffledAndRepeated(List<T> list) {
        List<T> shuffled = new ArrayList<>(list);
        if (!list.isEmpty() && coin()) {
            shuffled.add(list.get(random.nextInt(list.size())));
        }
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private List<Object> reclassed(List<?> values) {
        List<Object> others = new ArrayList<>();
        values.forEach(value -> others.add(reclassed(value)));
        return others;
    }

    private Object reclassed(Object value) {
        if (value instanceof List<?> list) {
            return reclassed(list);
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> other = new HashMap<>();
            map.forEach((key, element) -> other.put(key, reclassed(element)));
            other.putIfAbsent("absent", null);
            return other;
        }
        return value instanceof Number number && coin() ? reclassed(number) : value;
    }

    private static Number reclassed(Number number) {
        boolean isExact = number instanceof Long whole && whole == (long) (double) whole && Math.abs(whole) < 1L << 60;
        return isExact ? (Number) number.doubleValue() : (Number) exact(number).setScale(400);
    }

    private static BigDecimal exact(Number number) {
        return number instanceof Double ? new BigDecimal(number.doubleValue()) : new BigDecimal(number.toString());
    }

    private boolean coin() {
        return random.nextBoolean();
    }
}

package io.presence.bench.standing.engine;

import io.presence.bench.Translator;
import io.presence.query.AttributePath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Translates a filter to the JSON of a rule: an object for each level of a path, and a list of conditions at its end.
 */
final class RulerTranslator implements Translator<Map<String, Object>> {

    @Override
    public Map<String, Object> equal(AttributePath path, String operand) {
        return rule(path, operand);
    }

    @Override
    public Map<String, Object> equal(AttributePath path, long operand) {
        return rule(path, Map.of("numeric", List.of("=", operand)));
    }

    @Override
    public Map<String, Object> in(AttributePath path, List<String> operands) {
        return rule(path, operands.toArray());
    }

    /** A condition on a list applies to each of its elements. */
    @Override
    public Map<String, Object> containsAny(AttributePath path, List<String> operands) {
        return in(path, operands);
    }

    @Override
    public Map<String, Object> notEqual(AttributePath path, String operand) {
        return rule(path, Map.of("anything-but", operand));
    }

    @Override
    public Map<String, Object> between(AttributePath path, long low, long high) {
        return rule(path, Map.of("numeric", List.of(">=", low, "<=", high)));
    }

    @Override
    public Map<String, Object> startsWith(AttributePath path, String operand) {
        return rule(path, Map.of("prefix", operand));
    }

    @Override
    public Map<String, Object> endsWith(AttributePath path, String operand) {
        return rule(path, Map.of("suffix", operand));
    }

    @Override
    public Map<String, Object> and(List<Map<String, Object>> parts) {
        return parts.stream().reduce(Map.of(), RulerTranslator::merge);
    }

    @Override
    public Map<String, Object> or(List<Map<String, Object>> parts) {
        return Map.of("$or", parts);
    }

    private static Map<String, Object> rule(AttributePath path, Object... conditions) {
        Object rule = List.of(conditions);
        for (int i = path.size() - 1; i > 0; i--) {
            rule = Map.of(path.segments().get(i), rule);
        }
        return Map.of(path.root(), rule);
    }

    private static Map<String, Object> merge(Map<String, Object> a, Map<String, Object> b) {
        Map<String, Object> merged = new HashMap<>(a);
        b.forEach((key, value) -> merged.merge(key, value, RulerTranslator::mergeObjects));
        return merged;
    }

    @SuppressWarnings("unchecked")
    private static Object mergeObjects(Object a, Object b) {
        if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
            return merge((Map<String, Object>) left, (Map<String, Object>) right);
        }
        throw new UnsupportedOperationException("rule must have one condition for each path: " + a + " and " + b);
    }
}

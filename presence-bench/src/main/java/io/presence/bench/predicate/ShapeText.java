package io.presence.bench.predicate;

import io.presence.bench.Translator;
import io.presence.query.AttributePath;
import java.util.List;

/** The text of a filter without its operands. */
final class ShapeText implements Translator<String> {

    @Override
    public String equal(AttributePath path, String operand) {
        return path + " = string";
    }

    @Override
    public String equal(AttributePath path, long operand) {
        return path + " = number";
    }

    @Override
    public String in(AttributePath path, List<String> operands) {
        return path + " in " + operands.size();
    }

    @Override
    public String notEqual(AttributePath path, String operand) {
        return path + " not equal";
    }

    @Override
    public String between(AttributePath path, long low, long high) {
        return path + " between";
    }

    @Override
    public String startsWith(AttributePath path, String operand) {
        return path + " starts";
    }

    @Override
    public String endsWith(AttributePath path, String operand) {
        return path + " ends";
    }

    @Override
    public String and(List<String> parts) {
        return "and" + parts;
    }

    @Override
    public String or(List<String> parts) {
        return "or" + parts;
    }
}

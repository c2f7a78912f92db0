package io.presence.bench.predicate.peer;

import io.presence.bench.Translator;
import io.presence.query.AttributePath;
import java.util.List;

/** The text of a filter in a language that resembles Java. All records of the workloads have all attributes. */
abstract class InfixText implements Translator<String> {

    /** Returns the text that reads the value at a path. */
    abstract String value(AttributePath path);

    String number(long number) {
        return number + "L";
    }

    @Override
    public String equal(AttributePath path, String operand) {
        return value(path) + " == " + quoted(operand);
    }

    @Override
    public String equal(AttributePath path, long operand) {
        return value(path) + " == " + number(operand);
    }

    @Override
    public String in(AttributePath path, List<String> operands) {
        return or(operands.stream().map(operand -> equal(path, operand)).toList());
    }

    @Override
    public String notEqual(AttributePath path, String operand) {
        return value(path) + " != " + quoted(operand);
    }

    @Override
    public String between(AttributePath path, long low, long high) {
        return "(" + value(path) + " >= " + number(low) + " && " + value(path) + " <= " + number(high) + ")";
    }

    @Override
    public String startsWith(AttributePath path, String operand) {
        return value(path) + ".startsWith(" + quoted(operand) + ")";
    }

    @Override
    public String endsWith(AttributePath path, String operand) {
        return value(path) + ".endsWith(" + quoted(operand) + ")";
    }

    @Override
    public String and(List<String> parts) {
        return "(" + String.join(" && ", parts) + ")";
    }

    @Override
    public String or(List<String> parts) {
        return "(" + String.join(" || ", parts) + ")";
    }

    static String quoted(String text) {
        return "\"" + text + "\"";
    }
}

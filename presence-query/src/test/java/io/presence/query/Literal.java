package io.presence.query;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the values in the tables of the specification: JSON, and timestamps marked with an at sign. */
final class Literal {

    private static final String END = "\0";

    private final String text;
    private int next;

    private Literal(String text) {
        this.text = text + END;
    }

    static Object read(String text) {
        if (text.startsWith("@")) {
            return Instant.parse(text.substring(1));
        }
        Literal literal = new Literal(text);
        Object value = literal.value();
        literal.expect(END.charAt(0));
        return value;
    }

    static List<Object> readList(String text) {
        Literal literal = new Literal(text);
        List<Object> list = literal.list();
        literal.expect(END.charAt(0));
        return list;
    }

    private Object value() {
        return switch (peek()) {
            case '"' -> string();
            case '[' -> list();
            case '{' -> map();
            default -> word();
        };
    }

    private List<Object> list() {
        List<Object> list = new ArrayList<>();
        expect('[');
        while (peek() != ']') {
            list.add(value());
            skip(',');
        }
        expect(']');
        return list;
    }

    private Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        expect('{');
        while (peek() != '}') {
            String key = string();
            expect(':');
            map.put(key, value());
            skip(',');
        }
        expect('}');
        return map;
    }

    private String string() {
        expect('"');
        StringBuilder string = new StringBuilder();
        while (text.charAt(next) != '"') {
            if (text.startsWith("\\u", next)) {
                string.append((char) Integer.parseInt(text.substring(next + 2, next + 6), 16));
                next += 6;
            } else {
                string.append(text.charAt(next++));
            }
        }
        next++;
        return string.toString();
    }

    private Object word() {
        int start = next;
        while (",]}\0".indexOf(text.charAt(next)) < 0) {
            next++;
        }
        String word = text.substring(start, next).strip();
        return switch (word) {
            case "null" -> null;
            case "true" -> true;
            case "false" -> false;
            default -> number(word);
        };
    }

    private static Number number(String word) {
        if (word.contains(".") || word.contains("e")) {
            return Double.valueOf(word);
        }
        BigInteger integer = new BigInteger(word);
        return integer.bitLength() < Long.SIZE ? (Number) integer.longValue() : integer;
    }

    private char peek() {
        while (text.charAt(next) == ' ') {
            next++;
        }
        return text.charAt(next);
    }

    private void skip(char c) {
        if (peek() == c) {
            next++;
        }
    }

    private void expect(char c) {
        if (peek() != c) {
            throw new AssertionError("expected " + c + " at " + next + ": " + text);
        }
        next++;
    }
}

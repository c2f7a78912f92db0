package io.presence.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Makes texts out of a random: queries in JSON, most of them then spoiled in one way or several. */
final class QueryJsonTexts {

    private static final List<String> STRINGS = List.of(
            "",
            "a",
            "status",
            "metadata.x",
            "a\\\\.b",
            "a..b",
            "*",
            "online",
            "\\u0000",
            "\\ud83d\\ude00",
            "\\ud800",
            "\\udc00\\ud800",
            "\ud83d\ude00",
            "\ud800",
            "\ufeff",
            "\\\"",
            "\\n",
            "2026-01-01T00:00:00Z",
            "{}",
            "{\\\"method\\\":\\\"isNull\\\",\\\"attribute\\\":\\\"a\\\"}");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "1",
            "25",
            "-1",
            "5000",
            "0.1",
            "-0.0",
            "1e2",
            "1E-400",
            "1e999",
            "9e1100",
            "1e2147483648",
            "0e99999999999",
            "9007199254740993",
            "9223372036854775808",
            "0.100000000000000000",
            "4.9e-324",
            "1.23456789012345678901234567890",
            "1" + "0".repeat(400),
            "0." + "3".repeat(1100));
    private static final List<String> NAMES =
            List.of("search", "regex", "orderRandom", "Equal", "", "\\u0065qual", "vectorDot");
    private static final String ALPHABET =
            "{}[]:,\"\\/' \t\n\0\u0001\ufeff\ud800\udc00\u00a00123456789.eE+-truefalsn*$a";
    private static final String[] KEYS = {"method", "attribute", "values"};

    private final SplittableRandom random;

    QueryJsonTexts(SplittableRandom random) {
        this.random = random;
    }

    String next() {
        if (chance(20)) {
            return garbage(random.nextInt(200));
        }
        String text = chance(3) ? array() : query(random.nextInt(4));
        for (int spoiled = chance(2) ? 0 : 1 + random.nextInt(3); spoiled > 0; spoiled--) {
            text = spoil(text);
        }
        return text;
    }

    private String array() {
        return "[" + join(random.nextInt(4), () -> chance(6) ? quoted(query(1)) : query(random.nextInt(3))) + "]";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private String query(int depth) {
        Method method = method(depth);
        List<String> parts = new ArrayList<>();
        parts.add(key("method") + (chance(40) ? string(NAMES) : '"' + method.wireName() + '"'));
        if (takesAttribute(method) != chance(40)) {
            parts.add(key("attribute") + (chance(30) ? value(1) : string(STRINGS)));
        }
        if (method.maxValues() > 0 || chance(9)) {
            parts.add(key("values") + "[" + join(count(method), () -> element(method, depth)) + "]");
        }
        if (chance(3)) {
            Collections.shuffle(parts, new java.util.Random(random.nextLong()));
        }
        return "{" + space() + String.join(space() + "," + space(), parts) + space() + "}";
    }

    private Method method(int depth) {
        Method method = Method.values()[random.nextInt(Method.values().length)];
        return method.kind() != Method.Kind.NESTING && depth > 0 && chance(2)
                ? List.of(Method.AND, Method.OR, Method.ELEM_MATCH).get(random.nextInt(3))
                : method;
    }

    private static boolean takesAttribute(Method method) {
        return switch (method.kind()) {
            case COMPARISON, NULL_CHECK -> true;
            case EXISTENCE -> false;
            case NESTING -> method == Method.ELEM_MATCH;
            case LIST_OPTION -> method.maxValues() == 0;
        };
    }

    private int count(Method method) {
        int most = Math.min(method.maxValues(), 3);
        return chance(15) ? random.nextInt(5) : method.minValues() + random.nextInt(most - method.minValues() + 1);
    }

    private String element(Method method, int depth) {
        if (chance(30)) {
            return value(2);
        }
        return switch (method.kind()) {
            case NESTING -> query(Math.max(0, depth - 1));
            case EXISTENCE -> string(STRINGS);
            case COMPARISON, NULL_CHECK -> value(2);
            case LIST_OPTION -> method == Method.LIMIT || method == Method.OFFSET ? pick(NUMBERS) : string(STRINGS);
        };
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0, 1 -> string(STRINGS);
            case 2 -> pick(NUMBERS);
            case 3 -> pick(List.of("true", "false", "null"));
            case 4 -> Long.toString(random.nextLong());
            case 5 -> "[" + join(random.nextInt(4), () -> value(depth - 1)) + "]";
            default -> "{" + join(random.nextInt(4), () -> string(STRINGS) + ":" + value(depth - 1)) + "}";
        };
    }

    private String spoil(String text) {
        int from = random.nextInt(text.length() + 1);
        int to = from + random.nextInt(Math.min(text.length() - from, 40) + 1);
        String before = text.substring(0, from);
        String middle = text.substring(from, to);
        String after = text.substring(to);
        return switch (random.nextInt(12)) {
            case 0 -> before;
            case 1 -> before + after;
            case 2 -> before + middle + middle + after;
            case 3 -> before + garbage(1 + random.nextInt(3)) + after;
            case 4 -> before + flipped(middle) + after;
            case 5 -> before + pick(NUMBERS) + after;
            case 6 -> before + pick(List.of("NaN", "-Infinity", "/**/", "//\n", "''", "01", "\\u12", "\0")) + after;
            case 7 -> before + "[".repeat(random.nextInt(40)) + middle + "]".repeat(random.nextInt(40)) + after;
            case 8 -> before + "9".repeat(random.nextInt(2000)) + after;
            case 9 -> text.replace(pick(List.of("values", "attribute", "method", "\"", "[")), pick(STRINGS));
            case 10 -> wrapped(text, random.nextInt(20));
            default -> bomb();
        };
    }

    private String wrapped(String text, int levels) {
        String open = "{\"values\":[";
        String close = "],\"method\":\"or\"}";
        return open.repeat(levels) + text + close.repeat(levels);
    }

    private String bomb() {
        List<String> parts = List.of(
                "[",
                "{\"values\":[",
                "{\"a\":",
                "{\"method\":\"and\",\"values\":[",
                "{\"method\":\"equal\",\"values\":[[1,",
                "\\",
                "\"",
                "9",
                "[[]],");
        return pick(parts).repeat(random.nextInt(400));
    }

    private String flipped(String text) {
        StringBuilder flipped = new StringBuilder(text);
        for (int i = 0; i < flipped.length(); i++) {
            if (chance(4)) {
                flipped.setCharAt(i, (char) (flipped.charAt(i) ^ 1 << random.nextInt(8)));
            }
        }
        return flipped.toString();
    }

    private String garbage(int length) {
        StringBuilder garbage = new StringBuilder();
        for (int i = 0; i < length; i++) {
            garbage.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return garbage.toString();
    }

    private String key(String name) {
        return '"' + (chance(60) ? KEYS[random.nextInt(KEYS.length)] : name) + '"' + space() + ":" + space();
    }

    private String string(List<String> contents) {
        return '"' + pick(contents) + (chance(4) ? pick(contents) : "") + '"';
    }

    private String space() {
        return chance(8) ? pick(List.of(" ", "\n", "\t\r ")) : "";
    }

    private String join(int count, Supplier<String> part) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(part.get());
        }
        return String.join(",", parts);
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }
}

package io.presence.docs;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A code block of a page or of javadoc.
 *
 * @param file its path from the root of the checkout
 * @param line the line in that file at which the code starts, from 1
 * @param language the label of the fence; {@code java} in javadoc, unless it is a command
 * @param code the lines, without what surrounds them
 */
record CodeBlock(String file, int line, String language, List<String> code) {

    private static final Pattern PRINTS = Pattern.compile("// prints: (.*)$");

    /** The lines that it says it prints. */
    List<String> prints() {
        return code.stream()
                .map(PRINTS::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1).stripTrailing())
                .toList();
    }

    String text() {
        return String.join("\n", code);
    }

    String fileName() {
        return file.substring(file.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return file + ":" + line;
    }
}

package io.presence.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the documentation, without its blocks of code.
 *
 * @param file the file
 * @param text the lines
 */
record Page(Path file, String text) {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    /** A link to a file, and a heading in it if the anchor is not empty. */
    record Link(Path target, String anchor) {

        boolean leadsSomewhere() {
            return Files.exists(target)
                    && (anchor.isEmpty() || Page.of(target).anchors().contains(anchor));
        }
    }

    static Page of(Path file) {
        try {
            return new Page(file, BLOCK.matcher(Files.readString(file)).replaceAll(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The links to files of the repository, in their order. */
    List<Link> links() {
        List<Link> links = new ArrayList<>();
        Matcher found = LINK.matcher(text);
        while (found.find()) {
            String[] parts = found.group(1).split("#", 2);
            if (!parts[0].contains(":")) {
                Path target = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]);
                links.add(new Link(target.normalize(), parts.length == 2 ? parts[1] : ""));
            }
        }
        return links;
    }

    /* As the site that shows the pages makes them from headings. */
    private List<String> anchors() {
        return HEADING.matcher(text)
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .toList();
    }
}

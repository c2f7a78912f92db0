package io.presence.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The guide has a page for each capability, its index has each page, and links lead somewhere. */
class GuideTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path GUIDE = ROOT.resolve("docs/guide");
    private static final Path INDEX = GUIDE.resolve("README.md");

    private static List<Path> pagesIn(Path folder, int depth) throws IOException {
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("node_modules"))
                    .sorted()
                    .toList();
        }
    }

    static List<Path> pages() throws IOException {
        return Stream.of(pagesIn(ROOT, 1), pagesIn(ROOT.resolve("docs"), 2), pagesIn(ROOT.resolve("examples"), 2))
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void index_always_hasEachPageOfTheGuide() throws IOException {
        List<Path> listed = Page.of(INDEX).links().stream()
                .map(Page.Link::target)
                .filter(target -> target.startsWith(GUIDE))
                .distinct()
                .toList();
        List<Path> pages =
                pagesIn(GUIDE, 1).stream().filter(page -> !page.equals(INDEX)).toList();
        assertThat(listed).hasSizeGreaterThan(15).containsExactlyInAnyOrderElementsOf(pages);
        assertThat(listed.get(0)).as("the first page: who is in room X").isEqualTo(GUIDE.resolve("rooms.md"));
    }

    @Test
    void capabilities_ofTheReadme_eachHaveAPage() {
        String readme = Page.of(ROOT.resolve("README.md")).text();
        String capabilities = readme.substring(readme.indexOf("## Use it"), readme.indexOf("## Threads"));
        List<String> each = Pattern.compile("(?ms)^\\* \\*\\*\\w.*?(?=^\\* |\\z)")
                .matcher(capabilities)
                .results()
                .map(found -> found.group())
                .toList();
        assertThat(each).hasSizeGreaterThan(15).allMatch(text -> text.contains("](docs/"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void links_ofAPage_leadToFilesAndHeadings(Path page) {
        assertThat(Page.of(page).links()).allMatch(Page.Link::leadsSomewhere);
    }
}

package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.AttributePath;
import io.presence.query.internal.index.ElementPaths.ElementPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The paths within the elements of a list, whether there are more of them or more members in an element. */
class ElementPathsTest {

    private final ElementPaths paths = new ElementPaths();
    private int next;

    private AttributePath add(String text) {
        AttributePath path = AttributePath.parse(text);
        paths.add(new ElementPath(path, 0, next++));
        return path;
    }

    private List<String> visited(Map<String, ?> element) {
        List<String> visited = new ArrayList<>();
        paths.visit(element, (id, value) -> visited.add(id + " " + value));
        return visited;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 5, 10})
    void visit_ofAnElement_findsWhatIsAtThePaths(int others) {
        add("a");
        add("b.c");
        for (int i = 0; i < others; i++) {
            add("other" + i);
        }

        assertThat(visited(Map.of("a", 1, "b", Map.of("c", 2, "d", 3)))).containsExactlyInAnyOrder("0 1", "1 2");
        assertThat(visited(Map.of("x", 1, "b", 2))).isEmpty();
        assertThat(visited(Map.of())).isEmpty();
    }

    @Test
    void visit_ofAPathAndOneBelowIt_findsBoth() {
        add("b");
        add("b.c");

        assertThat(visited(Map.of("b", Map.of("c", 2)))).containsExactlyInAnyOrder("0 {c=2}", "1 2");
    }

    @Test
    void remove_ofAPath_leavesThoseAboveAndBelow() {
        AttributePath above = add("a");
        AttributePath path = add("a.b");
        AttributePath below = add("a.b.c");
        paths.remove(path);
        assertThat(visited(Map.of("a", Map.of("b", Map.of("c", 1))))).hasSize(2);
        assertThat(paths.find(path)).isNull();
        assertThat(paths.find(below)).isNotNull();
        paths.remove(below);
        assertThat(paths.find(above)).isNotNull();
        assertThat(paths.isEmpty()).isFalse();
        paths.remove(above);

        assertThat(paths.isEmpty()).isTrue();
    }
}

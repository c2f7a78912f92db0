package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.query.AttributePath;
import io.presence.query.internal.index.ElementPaths.ElementPath;
import org.junit.jupiter.api.Test;

/** The ids of paths within elements are used again, so that they stay as few as the paths. */
class ElementPathIdsTest {

    private final ElementPathIds ids = new ElementPathIds();

    private ElementPath make(String path) {
        return ids.make(AttributePath.parse(path), 3);
    }

    @Test
    void get_ofAPath_isThePath() {
        ElementPath first = make("a");
        ElementPath second = make("b.c");

        assertThat(ids.get(first.id())).isSameAs(first);
        assertThat(ids.get(second.id())).isSameAs(second);
        assertThat(second.list()).isEqualTo(3);
    }

    @Test
    void make_afterARemoval_usesItsIdAgain() {
        make("a");
        ElementPath second = make("b");
        make("c");
        ids.remove(second);
        assertThatThrownBy(() -> ids.get(second.id())).isInstanceOf(IllegalStateException.class);

        assertThat(make("d").id()).isEqualTo(second.id());
        assertThat(make("e").id()).isEqualTo(3);
    }

    @Test
    void isEmpty_afterTheLastRemoval_startsAgain() {
        assertThat(ids.isEmpty()).isTrue();
        ElementPath first = make("a");
        ElementPath second = make("b");
        ids.remove(first);
        assertThat(ids.isEmpty()).isFalse();
        ids.remove(second);

        assertThat(ids.isEmpty()).isTrue();
        assertThat(make("c").id()).isZero();
        assertThat(make("d").id()).isEqualTo(1);
    }
}

package io.presence.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AttributePathPropertyTest {

    @Property(tries = 2000)
    void toString_ofAnyPath_isReadBackByParse(@ForAll("keys") List<String> keys) {
        AttributePath path = new AttributePath(keys);

        assertThat(AttributePath.parse(path.toString())).isEqualTo(path);
        assertThat(AttributePath.parse(path.toString()).segments()).isEqualTo(keys);
    }

    @Property(tries = 2000)
    void parse_anyText_isReadAndWrittenBackOrRefused(@ForAll("texts") String text) {
        try {
            assertThat(AttributePath.parse(text)).hasToString(text);
        } catch (QueryException e) {
            assertThat(e.code()).isEqualTo(QueryException.Code.INVALID_ATTRIBUTE);
            assertThat(text).matches("(?s)|\\..*|.*\\.\\..*|.*\\.|.*\\\\.*");
        }
    }

    @Provide
    Arbitrary<List<String>> keys() {
        return Arbitraries.strings()
                .withChars('.', '\\', 'a', '$', '\ud800', '\u0000')
                .ofMinLength(1)
                .ofMaxLength(6)
                .list()
                .ofMinSize(1)
                .ofMaxSize(AttributePath.MAX_SEGMENTS);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars('.', '\\', 'a').ofMaxLength(8);
    }
}

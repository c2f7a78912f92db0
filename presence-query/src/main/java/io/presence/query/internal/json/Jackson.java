package io.presence.query.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.Writer;

/** The JSON library, configured for text from untrusted callers. */
final class Jackson {

    /** The maximum nesting of a text, which bounds the recursion of reader and writer. */
    static final int MAX_NESTING = 200;

    private static final String ABSENT =
            "jackson-core must be on the class path (or module path) to read or write queries as JSON";

    private Jackson() {}

    /**
     * Checks that the library is present.
     *
     * @throws IllegalStateException if it is absent
     */
    static void require() {
        try {
            Holder.FACTORY.version();
        } catch (LinkageError e) {
            throw new IllegalStateException(ABSENT, e);
        }
    }

    static JsonParser parser(char[] text, int start) throws IOException {
        return Holder.FACTORY.createParser(text, start, text.length - start);
    }

    static JsonGenerator generator(Writer out) throws IOException {
        return Holder.FACTORY.createGenerator(out);
    }

    private static final class Holder {
        /*
         * Names are not canonicalised, since a table of names from untrusted callers would outlive the call. Buffers
         * are not pooled, so that nothing must be closed. The lengths of names, strings and numbers are bounded by the
         * length of the text, and the length of a number by the reader. Doubles are written with the fewest digits that
         * identify them, at most 17, as Double.toString does from JDK 19 on.
         */
        static final JsonFactory FACTORY = JsonFactory.builder()
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_NESTING)
                        .maxNameLength(Integer.MAX_VALUE)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .build())
                .streamWriteConstraints(StreamWriteConstraints.builder()
                        .maxNestingDepth(MAX_NESTING)
                        .build())
                .build();
    }
}

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

/** The library that splits JSON into tokens, set up for text from strangers. */
final class Jackson {
    /** What bounds the recursion of reader and writer, whatever the limits on queries. */
    static final int MAX_NESTING = 200;

    private static final String ABSENT =
            "jackson-core must be on the class path (or module path) to read or write queries as JSON";

    private Jackson() {}

    /**
     * Checks that the library is there.
     *
     * @throws IllegalStateException when it is not
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
         * Names are not canonicalised, for a table of what strangers send would outlive the call. Buffers are not pooled,
         * for nothing here has to be closed then. The lengths of names, strings and numbers are bounded by that of the
         * text, and a number's again where its token is read. Doubles are written with the fewest digits that tell them
         * apart, never more than 17, which Double.toString does only from JDK 19 on.
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

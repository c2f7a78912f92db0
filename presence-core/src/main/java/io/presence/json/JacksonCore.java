package io.presence.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;

/** The factory of jackson-core, an optional dependency. This class links without it. */
final class JacksonCore {

    /** The maximum nesting of a text: more than metadata may have, so that the refusal names the field. */
    static final int MAX_NESTING = 40;

    private static final int MAX_NUMBER = 1200;

    private JacksonCore() {}

    /**
     * Fails if jackson-core is absent.
     *
     * @throws IllegalStateException if it is
     */
    static void require() {
        try {
            Holder.FACTORY.version();
        } catch (LinkageError e) {
            throw new IllegalStateException("jackson-core must be on the class path or module path", e);
        }
    }

    static JsonFactory factory() {
        return Holder.FACTORY;
    }

    private static final class Holder {
        static final JsonFactory FACTORY = JsonFactory.builder()
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                /* Without it Java 17 writes some numbers with other digits. */
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                /* 1E+1100 has the 7 bytes that the limit of metadata counts, and stays a decimal. */
                .disable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_NESTING)
                        .maxNumberLength(MAX_NUMBER)
                        .build())
                .build();
    }
}

package io.presence.bench.system.peer;

/** The condition of a listener. */
public sealed interface Interest {

    /** Returns whether a row matches. */
    boolean includes(Row row);

    /** All presences in a document. */
    record InDocument(String documentId) implements Interest {
        @Override
        public boolean includes(Row row) {
            return row.documentId().equals(documentId);
        }
    }

    /** All presences in a zone with a status. */
    record InZone(long zone, String status) implements Interest {
        @Override
        public boolean includes(Row row) {
            return row.zone() == zone && row.status().equals(status);
        }
    }
}

package io.presence.bench.system.peer;

/** What a listener wants to be told of. */
public sealed interface Interest {
    /** Tells whether a row is of interest. */
    boolean includes(Row row);

    /** Everybody in a document. */
    record InDocument(String documentId) implements Interest {
        @Override
        public boolean includes(Row row) {
            return row.documentId().equals(documentId);
        }
    }

    /** Everybody in a zone who has a status. */
    record InZone(long zone, String status) implements Interest {
        @Override
        public boolean includes(Row row) {
            return row.zone() == zone && row.status().equals(status);
        }
    }
}

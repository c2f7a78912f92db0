package io.presence.bench.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A list and a snapshot must both contain all presences of a document. */
class DocumentStoreTest {

    @Test
    void listAndSnapshot_morePresencesThanAPage_returnAll() throws InterruptedException {
        int each = 6000;
        try (DocumentStore documents = new DocumentStore(2 * each, each)) {
            assertThat(documents.documents()).isEqualTo(2);
            assertThat(documents.list(1)).isEqualTo(each);
            assertThat(documents.snapshot(1)).isEqualTo(each);
        }
    }
}

package io.presence.bench.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Both ways to be delivered what is there must tell all of it. */
class DocumentStoreTest {

    @Test
    void listAndSnapshot_tellAllInADocument() throws InterruptedException {
        int each = 6000;
        try (DocumentStore documents = new DocumentStore(2 * each, each)) {
            assertThat(documents.documents()).isEqualTo(2);
            assertThat(documents.list(1)).isEqualTo(each);
            assertThat(documents.snapshot(1)).isEqualTo(each);
        }
    }
}

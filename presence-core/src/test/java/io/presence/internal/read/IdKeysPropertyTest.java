package io.presence.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Presence;
import io.presence.PresencePage;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.query.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Lists by id in pages, each compared with a sorted set of the ids. */
class IdKeysPropertyTest {

    @Property(tries = 200)
    void list_ofAnyIds_isInTheirOrder(@ForAll("ids") List<String> ids) {
        List<String> listed = new ArrayList<>();
        try (PresenceStore store = PresenceStore.builder().callerDriven().build()) {
            ids.forEach(id -> store.upsert(PresenceUpsert.of(id, "ada", "online")));
            PresencePage page = store.list(Query.limit(7));
            while (!page.presences().isEmpty()) {
                page.presences().stream().map(Presence::id).forEach(listed::add);
                page = store.list(Query.limit(7), Query.cursorAfter(listed.get(listed.size() - 1)));
            }
        }

        assertThat(listed).containsExactlyElementsOf(new TreeSet<>(ids));
    }

    /** Ids that share from 0 to 12 characters, differ early, late or in length, and have the greatest character. */
    @Provide
    Arbitrary<List<String>> ids() {
        Arbitrary<String> prefixes = Arbitraries.of("", "p", "presence-", "presence-10");
        Arbitrary<String> rests = Arbitraries.strings()
                .withChars('!', '0', '1', 'a', '~')
                .ofMinLength(1)
                .ofMaxLength(12);
        return Combinators.combine(prefixes, rests)
                .as(String::concat)
                .list()
                .uniqueElements()
                .ofMaxSize(60);
    }
}

package io.presence.bench.system;

import io.presence.bench.system.peer.Interest;
import io.presence.bench.system.peer.Interest.InDocument;
import io.presence.bench.system.peer.Interest.InZone;
import io.presence.bench.system.peer.Row;
import io.presence.bench.workload.Zipf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The listeners and the writes. There are as many documents as queries; some documents have many presences, and most
 * have few. A write moves a cursor. One in five also changes the status, and one in twenty the zone or the document.
 * Each presence alternates between two rows, in a random order that is the same in each pass. No presence is written
 * twice in one pass, and the number of deliveries of a write is known in advance.
 *
 * <p>The ids of the writes are equal to the stored ids but other objects.
 */
public final class SystemWorkload {

    private static final String[] STATUSES = {"online", "away", "busy", "typing", "offline"};

    private final List<Interest> interests = new ArrayList<>();
    private final Map<Interest, Integer> listeners = new HashMap<>();
    private final Row[] first;
    private final Row[] odd;
    private final Row[] even;
    private final int[] order;
    private final int[] deliveries;
    private final Random random;

    /** The queries of the listeners. */
    public enum QueryMix {
        /** A document each. */
        DOCUMENTS,
        /** A document for half of them, and a zone and a status for the others. */
        MIXED
    }

    /**
     * Makes the rows and the interests.
     *
     * @param presences the number of presences
     * @param queries the number of listeners, each with its own query; a multiple of ten
     */
    public SystemWorkload(QueryMix asked, int presences, int queries, long seed) {
        random = new Random(seed);
        for (int i = 0; i < queries; i++) {
            boolean isOfDocument = asked == QueryMix.DOCUMENTS || i % 2 == 0;
            add(isOfDocument ? new InDocument("doc-" + i) : new InZone(i / 10, STATUSES[i % 10 / 2]));
        }
        Zipf documents = new Zipf(queries, seed);
        first = new Row[presences];
        odd = new Row[presences];
        even = new Row[presences];
        order = new int[presences];
        deliveries = new int[presences];
        for (int i = 0; i < presences; i++) {
            first[i] = new Row(id(i), "user-" + i / 2, status(), document(documents), zone(queries), 0);
            odd[i] = changed(first[i], id(i), documents, queries);
            even[i] = renamed(first[i], id(i));
            deliveries[i] = concerned(odd[i], even[i]);
            int place = random.nextInt(i + 1);
            order[i] = order[place];
            order[place] = i;
        }
    }

    private void add(Interest interest) {
        interests.add(interest);
        listeners.merge(interest, 1, Integer::sum);
    }

    private static String id(int presence) {
        return "presence-" + presence;
    }

    private String status() {
        return STATUSES[random.nextInt(STATUSES.length)];
    }

    private String document(Zipf documents) {
        return "doc-" + documents.next();
    }

    private long zone(int queries) {
        return random.nextInt(queries / 10);
    }

    private Row changed(Row row, String id, Zipf documents, int queries) {
        String status = random.nextInt(5) == 0 ? status() : row.status();
        String document = random.nextInt(20) == 0 ? document(documents) : row.documentId();
        long zone = random.nextInt(20) == 0 ? zone(queries) : row.zone();
        return new Row(id, row.userId(), status, document, zone, 0);
    }

    private static Row renamed(Row row, String id) {
        return new Row(id, row.userId(), row.status(), row.documentId(), row.zone(), 0);
    }

    /** Returns the interest of each listener. */
    public List<Interest> interests() {
        return interests;
    }

    /** Returns the number of presences. */
    public int presences() {
        return order.length;
    }

    /** Returns the row of a write. The first writes, one for each presence, create the presences. */
    public Row row(long number) {
        int presence = order[(int) (number % order.length)];
        long pass = number / order.length;
        Row[] rows = pass == 0 ? first : pass % 2 == 1 ? odd : even;
        return rows[presence].at(number);
    }

    /** Returns the number of listeners that must receive a write, other than a write that creates a presence. */
    public int deliveries(long number) {
        return deliveries[order[(int) (number % order.length)]];
    }

    /* A change and its reversal have the same number of deliveries. */
    private int concerned(Row before, Row after) {
        int documents = inDocument(before).equals(inDocument(after)) ? 0 : watching(inDocument(before));
        int zones = inZone(before).equals(inZone(after)) ? 0 : watching(inZone(before));
        return watching(inDocument(after)) + watching(inZone(after)) + documents + zones;
    }

    private int watching(Interest interest) {
        return listeners.getOrDefault(interest, 0);
    }

    private static Interest inDocument(Row row) {
        return new InDocument(row.documentId());
    }

    private static Interest inZone(Row row) {
        return new InZone(row.zone(), row.status());
    }
}

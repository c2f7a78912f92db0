package io.presence.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceUpsert;
import io.presence.fuzz.Fuzz;
import io.presence.testing.Samples;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Metadata as maps, with values that are no JSON, too large, shared, or that contain themselves. They are refused by
 * their path, or are the same when they are written and read again. The memory is bounded whatever is shared.
 *
 * <p>Fails at the first graph if the values that are normalized are not counted.
 */
class MetadataFuzzTest {

    private static final long ITERATIONS = 300;
    private static final Instant NOW = Instant.parse("2026-05-25T10:00:00Z");
    private static final List<Object> SCALARS = List.of(
            "",
            "a",
            "\ud800",
            "\0",
            "\u00e9".repeat(40_000),
            "k".repeat(200),
            true,
            0,
            0.5,
            1.5f,
            Double.NaN,
            Float.POSITIVE_INFINITY,
            Double.MIN_VALUE,
            Long.MIN_VALUE,
            (short) 3,
            new BigDecimal("1e20"),
            new BigDecimal("1e-2147483647"),
            new BigDecimal("0.10000000000000000000"),
            BigInteger.ONE.shiftLeft(64),
            BigInteger.ONE.shiftLeft(4000),
            new AtomicInteger(1),
            new Object(),
            'c');

    /** A graph of maps and lists that grows node by node. It fails if too many of their members are read. */
    private static final class Graph {

        private static final int MAX_READS = 1_000_000;

        private final SplittableRandom random;
        private final List<Object> nodes = new ArrayList<>();
        private int reads;

        Graph(long seed) {
            random = new SplittableRandom(seed);
        }

        Map<String, Object> root() {
            boolean hasCycles = random.nextInt(6) == 0;
            Map<String, Object> root = map();
            for (int count = random.nextInt(60); count > 0; count--) {
                Object node = random.nextBoolean() ? map() : list();
                fill(hasCycles ? node : nodes.get(random.nextInt(nodes.size())), node);
                nodes.add(node);
            }
            return root;
        }

        private void read(int members) {
            reads += 1 + members;
            if (reads > MAX_READS) {
                throw new AssertionError("at most " + MAX_READS + " members must be read");
            }
        }

        private List<Object> list() {
            return new ArrayList<>() {
                @Override
                public void forEach(Consumer<? super Object> action) {
                    read(size());
                    super.forEach(action);
                }

                @Override
                public Iterator<Object> iterator() {
                    read(size());
                    return super.iterator();
                }
            };
        }

        private Map<String, Object> map() {
            Map<String, Object> map = new LinkedHashMap<>() {
                @Override
                public void forEach(BiConsumer<? super String, ? super Object> action) {
                    read(size());
                    super.forEach(action);
                }

                @Override
                public Set<Map.Entry<String, Object>> entrySet() {
                    read(size());
                    return super.entrySet();
                }
            };
            nodes.add(map);
            return map;
        }

        private void fill(Object container, Object other) {
            for (int i = random.nextInt(4); i >= 0; i--) {
                add(nodes.get(random.nextInt(nodes.size())), random.nextInt(3) == 0 ? scalar() : other);
                add(container, other);
            }
        }

        private Object scalar() {
            /* Mostly of the first ones, so that some maps are accepted. */
            return SCALARS.get(random.nextInt(random.nextInt(20) == 0 ? SCALARS.size() : 4));
        }

        @SuppressWarnings("unchecked") // as they were made
        private void add(Object container, Object value) {
            if (container instanceof Map<?, ?> map) {
                ((Map<String, Object>) map).put(random.nextInt(9) == 0 ? "" : "k" + map.size(), value);
            } else {
                ((List<Object>) container).add(value);
            }
        }
    }

    @Test
    void metadata_anyGraph_isSameOrRefused() {
        Fuzz.run("metadata", ITERATIONS, Long::toString, MetadataFuzzTest::isMetadata)
                .assertBoth();
    }

    private static boolean isMetadata(String seed) {
        Map<String, Object> graph = new Graph(Long.parseLong("0" + seed)).root();
        PresenceUpsert written = null;
        try {
            written = PresenceUpsert.of("p", "u", "s").metadata(graph);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).startsWith("metadata").contains(" must ").hasSizeLessThan(3000);
        }
        PresenceUpsert read = null;
        try {
            read = PresenceJson.toUpsert(Map.of("presenceId", "p", "userId", "u", "status", "s", "metadata", graph));
        } catch (PresenceJsonException e) {
            assertThat(e.getMessage()).startsWith("metadata").contains(" must ").hasSizeLessThan(3000);
            assertThat(e.field()).startsWith("metadata");
        }
        assertThat(read != null).isEqualTo(written != null);
        if (written != null) {
            assertThat(written.metadata()).isEqualTo(graph);
            String text = PresenceJson.write(Samples.presence(read, NOW));
            String metadata = text.substring(text.indexOf("\"metadata\":"), text.length() - 1);
            PresenceUpsert again = PresenceJson.readUpsert(
                    "{\"presenceId\":\"p\",\"userId\":\"u\",\"status\":\"s\"," + metadata + "}");
            /* Numbers of other classes are written alike. */
            assertThat(PresenceJson.write(Samples.presence(again, NOW))).isEqualTo(text);
        }
        return written != null;
    }
}

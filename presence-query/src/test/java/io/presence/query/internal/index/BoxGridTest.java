package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.fixture.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoxGridTest {

    private record Filed(Box box, List<Entry> entries, int id) {}

    private static final double ROUNDING = 1e-6;

    private final SplittableRandom random = Seed.random();
    private final List<Filed> slotIndex = new ArrayList<>();
    private BoxGrid<Entry> grid = newGrid();
    private int nextId;
    private int hits;

    private BoxGrid<Entry> newGrid() {
        return new BoxGrid<>(new KeyHash(Seed.SEED), postingList -> grid.removed(postingList));
    }

    /** Around a place, boxes from so large to so many powers of two smaller. */
    @ParameterizedTest
    @CsvSource({
        "0, 10, 2",
        "0, 1e-320, 3",
        "0, 1e-300, 40",
        "0, 1e300, 60",
        "0, 1e6, 14",
        "1e15, 8, 3",
        "1e15, 1e-9, 2",
        "-1e15, 1000, 8",
        "-1e300, 1e290, 4",
        "123456.789, 0, 1"
    })
    void visit_anyBoxes_agreesWithAScan(double place, double size, int halvings) {
        for (int i = 0; i < 1_500; i++) {
            if (slotIndex.size() < 20 || slotIndex.size() < 200 && random.nextInt(3) != 0) {
                add(box(place, size, halvings));
            } else {
                removeOne();
            }
            assertVisits(place + coordinate(size), place + coordinate(size));
            assertCorners();
        }
        assertThat(hits).isGreaterThan(1_400);
        removeAll();
    }

    private Box box(double place, double size, int halvings) {
        double x = place + coordinate(size);
        double y = place + coordinate(size);
        double width = Math.scalb(random.nextDouble() * size, -random.nextInt(halvings));
        double height = Math.scalb(random.nextDouble() * size, -random.nextInt(halvings));
        return random.nextInt(16) == 0 ? new Box(x, x, y, y) : new Box(x, x + width, y, y + height);
    }

    private double coordinate(double size) {
        return (random.nextDouble() - 0.5) * 3 * size;
    }

    @Test
    void visit_whatLiesOnLinesOfTheGrid_agreesWithAScan() {
        for (int i = 0; i < 1_500; i++) {
            double x = random.nextInt(-8, 8);
            double y = random.nextInt(-8, 8);
            add(new Box(x, x + random.nextInt(5), y, y + random.nextInt(5)));
            if (slotIndex.size() > 100) {
                removeOne();
            }
            assertVisits(random.nextInt(-9, 9), random.nextInt(-9, 9));
            assertCorners();
        }
        removeAll();
    }

    @Test
    void find_manySizes_eachHasItsGrid() {
        for (int i = 0; i < 40; i++) {
            add(square(1L << i));
            assertThat(grid.find(square(1L << i))).isNotNull();
        }

        assertThat(grid.find(square(0.1))).isNull();
        assertThat(grid.find(new Box(0, 1, 0, 1 << 20))).isNull();
        assertVisits(0.05, 0.05);
        removeAll();
        assertThat(grid.find(square(1))).isNull();
    }

    private static Box square(double size) {
        return new Box(0, size, 0, size);
    }

    @Test
    void fits_infiniteCells_isFalse() {
        assertThat(BoxGrid.fits(square(1e307))).isTrue();
        assertThat(BoxGrid.fits(square(0))).isTrue();
        assertThat(BoxGrid.fits(square(Double.MAX_VALUE))).isFalse();
        assertThat(BoxGrid.fits(new Box(-1e308, 1e308, 0, 1))).isFalse();
        assertThat(BoxGrid.fits(new Box(0, 1, 0, Double.POSITIVE_INFINITY))).isFalse();
        assertThat(BoxGrid.fits(new Box(0, 1, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY)))
                .isFalse();
    }

    private void add(Box box) {
        Filed added = new Filed(box, new ArrayList<>(), nextId++);
        grid.add(box, () -> posting(added));
        slotIndex.add(added);
        assertThat(grid.find(box)).isSameAs(added.entries().get(0).postingList());
        assertThat(added.entries()).hasSize(grid.cells(box)).hasSizeBetween(1, 4);
    }

    private static Entry posting(Filed added) {
        added.entries().add(new Entry(added.id()));
        return added.entries().get(added.entries().size() - 1);
    }

    private void removeOne() {
        Filed gone = slotIndex.set(random.nextInt(slotIndex.size()), slotIndex.get(slotIndex.size() - 1));
        slotIndex.remove(slotIndex.size() - 1);
        gone.entries().forEach(entry -> entry.postingList().remove(entry));
    }

    private void removeAll() {
        while (!slotIndex.isEmpty()) {
            removeOne();
        }
        assertThat(grid.size()).isZero();
        assertVisits(0, 0);
    }

    /** A point on an edge is within. */
    private void assertCorners() {
        if (!slotIndex.isEmpty()) {
            Box box = slotIndex.get(random.nextInt(slotIndex.size())).box();
            assertVisits(random.nextBoolean() ? box.x1() : box.x2(), random.nextBoolean() ? box.y1() : box.y2());
        }
    }

    private void assertVisits(double x, double y) {
        Seen seen = new Seen();
        grid.visit(x, y, seen);

        List<Integer> expected = slotIndex.stream()
                .filter(one -> Boxes.contains(one.box(), x, y))
                .map(Filed::id)
                .toList();
        assertThat(seen.ids()).as("(%s, %s)", x, y).doesNotHaveDuplicates().containsAll(expected);
        slotIndex.stream()
                .filter(one -> seen.ids().contains(one.id()) && !expected.contains(one.id()))
                .forEach(one -> assertThat(isNear(one.box(), x, y)).isTrue());
        hits += expected.size();
    }

    /** A point may be taken to be within by rounding. */
    private static boolean isNear(Box box, double x, double y) {
        double width = Math.max(Double.MIN_NORMAL, (box.x2() - box.x1()) * ROUNDING);
        double height = Math.max(Double.MIN_NORMAL, (box.y2() - box.y1()) * ROUNDING);
        return Boxes.contains(new Box(box.x1() - width, box.x2() + width, box.y1() - height, box.y2() + height), x, y);
    }
}

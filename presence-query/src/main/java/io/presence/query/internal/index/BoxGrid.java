package io.presence.query.internal.index;

import io.presence.query.internal.hash.KeyedList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An index of boxes over two slots that finds the boxes around a point.
 *
 * <p>A box is indexed in each cell that it overlaps, of a grid whose cells are two to four times as large as the box.
 * Each power of two of the size has its own grid, and a point is looked up once in each grid. The number of grids is
 * not limited: each has at least one box, and a look-up costs at most as much as a comparison with that box. So boxes
 * of one size do not slow the look-up of others.
 *
 * <p><b>Cost.</b> A box has one to four postings, two on average, each added or removed in constant time. A search
 * takes one look-up for each grid, and a comparison of edges for each box in those cells: 9 to 25 times as many as
 * contain the point if they are evenly spread. It allocates nothing.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <Q> the type of queries
 */
final class BoxGrid<Q> {

    private static final int LARGER = 2;
    /* The maximum number of bits of a coordinate in the number of a cell, so that the number is exact. */
    private static final int MAX_COLUMN_BITS = 50;

    private final KeyHash hashes;
    private final PostingList.Owner<Q> owner;
    private final KeyedList<Integer, GridLevel> levels = new KeyedList<>();
    private final ProbeTable<Cell<Q>> cells = new ProbeTable<>() {
        @Override
        protected int hash(Cell<Q> cell) {
            return cell.hash();
        }
    };

    /**
     * Creates an empty grid.
     *
     * @param owner is called for removals, and must pass them on to {@link #removed}
     */
    BoxGrid(KeyHash hashes, PostingList.Owner<Q> owner) {
        this.hashes = hashes;
        this.owner = owner;
    }

    /** Returns how many cells have boxes. */
    int size() {
        return cells.size();
    }

    /** Returns whether a box is small enough for a grid: the sizes of its cells are finite. */
    static boolean fits(Box box) {
        return isFinite(box.x2() - box.x1()) && isFinite(box.y2() - box.y1());
    }

    private static boolean isFinite(double size) {
        return Double.isFinite(Math.scalb(size, LARGER + 1));
    }

    /** Returns the posting list of the first cell that a box overlaps, or null. */
    @Nullable PostingList<Q> find(Box box) {
        GridLevel level = levelOf(box);
        return level == null ? null : find(level, level.column(box.x1()), level.row(box.y1()));
    }

    /** Returns the number of cells that a box overlaps, which is the number of its postings. */
    int cells(Box box) {
        GridLevel level = levelOf(box);
        return level == null ? 0 : columns(level, box) * rows(level, box);
    }

    private static int columns(GridLevel level, Box box) {
        return (int) (level.column(box.x2()) - level.column(box.x1())) + 1;
    }

    private static int rows(GridLevel level, Box box) {
        return (int) (level.row(box.y2()) - level.row(box.y1())) + 1;
    }

    /** Indexes a query under a box that {@linkplain #fits fits}, once for each cell. */
    void add(Box box, Supplier<? extends Posting<Q>> postings) {
        GridLevel level = levelOf(box);
        if (level == null) {
            level = new GridLevel(width(box), height(box));
            levels.add(level);
        }
        long column = level.column(box.x1());
        long row = level.row(box.y1());
        for (int i = 0; i < columns(level, box); i++) {
            for (int j = 0; j < rows(level, box); j++) {
                level.use();
                findOrAdd(level, column + i, row + j).add(box, postings.get());
            }
        }
    }

    private Cell<Q> findOrAdd(GridLevel level, long column, long row) {
        Cell<Q> cell = find(level, column, row);
        if (cell == null) {
            cell = new Cell<>(owner, hash(level, column, row), level, column, row);
            cells.add(cell);
        }
        return cell;
    }

    private @Nullable GridLevel levelOf(Box box) {
        return levels.find(GridLevel.key(width(box), height(box)));
    }

    private static int width(Box box) {
        return exponent(box.x1(), box.x2());
    }

    private static int height(Box box) {
        return exponent(box.y1(), box.y2());
    }

    private static int exponent(double low, double high) {
        int ofSize = Math.getExponent(high - low) + LARGER;
        int ofPlace = Math.getExponent(Math.max(Math.abs(low), Math.abs(high))) - MAX_COLUMN_BITS;
        return Math.max(Math.max(ofSize, ofPlace), -Double.MAX_EXPONENT);
    }

    /** Called when a posting was removed from a posting list of this grid. */
    void removed(PostingList<Q> from) {
        Cell<Q> cell = (Cell<Q>) from;
        if (cell.isEmpty()) {
            cells.remove(cell);
        }
        if (!cell.level().unuse()) {
            levels.remove(cell.level().key());
        }
    }

    /** Visits the queries of the boxes that contain a point. */
    void visit(double x, double y, PostingList.Visitor<? super Q> visitor) {
        for (int i = 0; i < levels.size(); i++) {
            GridLevel level = levels.get(i);
            Cell<Q> cell = find(level, level.column(x), level.row(y));
            if (cell != null) {
                cell.visit(x, y, visitor);
            }
        }
    }

    private @Nullable Cell<Q> find(GridLevel level, long column, long row) {
        int hash = hash(level, column, row);
        int index = cells.start(hash);
        Cell<Q> cell = cells.at(index);
        while (cell != null && !cell.isAt(level, column, row)) {
            index = cells.next(index, hash);
            cell = cells.at(index);
        }
        return cell;
    }

    private int hash(GridLevel level, long column, long row) {
        return hashes.of(level.key(), column, row);
    }
}

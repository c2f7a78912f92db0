package io.presence.query.internal.index;

import io.presence.query.internal.hash.KeyedList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Boxes over two slots, to find those that a point is in.
 *
 * <p>A box is filed in each cell that it reaches into, of a grid whose cells are two to four times as large as the box; each
 * size of boxes, as a power of two, has its own grid. So a point has to be looked up once per grid. The number of grids is
 * not limited: a grid has at least one box, and a look-up in it costs no more than that box would if each record were compared
 * with it. So boxes of other sizes never change how a box is found.
 *
 * <p><b>Cost.</b> A box has one to four filings, two on average; adding and removing each takes constant time. Finding takes
 * one look-up for each grid, and a comparison of edges for each box in those cells: 9 to 25
 * times as many as the point is in, if they are spread evenly. Nothing is allocated.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <Q> the type of queries
 */
final class BoxGrid<Q> {
    private static final int LARGER = 2;
    /* So many bits of a coordinate remain in the number of a cell, at most: it is exact. */
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
     * Makes an empty grid.
     *
     * @param home is told of removals, and must hand them on to {@link #removed}
     */
    BoxGrid(KeyHash hashes, PostingList.Owner<Q> owner) {
        this.hashes = hashes;
        this.owner = owner;
    }

    /** Returns how many cells have boxes. */
    int size() {
        return cells.size();
    }

    /** Tells whether a box is small enough for any grid: finite, whatever its cells are. */
    static boolean fits(Box box) {
        return isFinite(box.x2() - box.x1()) && isFinite(box.y2() - box.y1());
    }

    private static boolean isFinite(double size) {
        return Double.isFinite(Math.scalb(size, LARGER + 1));
    }

    /** Returns the posting of the first cell that a box reaches into, or null. */
    @Nullable PostingList<Q> find(Box box) {
        GridLevel level = levelOf(box);
        return level == null ? null : find(level, level.column(box.x1()), level.row(box.y1()));
    }

    /** Returns how many cells a box reaches into: how many filings it has. */
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

    /** Files a query under a box that {@linkplain #fits fits}, once for each cell. */
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

    /** Takes note that a filing was removed from a posting of this grid. */
    void removed(PostingList<Q> from) {
        Cell<Q> cell = (Cell<Q>) from;
        if (cell.isEmpty()) {
            cells.remove(cell);
        }
        if (!cell.level().unuse()) {
            levels.remove(cell.level().key());
        }
    }

    /** Visits the queries of the boxes that a point is in. */
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

package io.presence.query.internal.posting;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Boxes over two slots, to find those that a point is in.
 *
 * <p>A loose grid: a box is filed once, in the cell of its lower left corner, at a level whose cells are at least as large
 * as the box. So whatever box of a level a point is in, is filed in the cell of the point or in one of the three to the left
 * and below.
 *
 * <p><b>Cost.</b> Adding and removing take constant time. Finding takes four look-ups for each of at most
 * {@value #MAX_LEVELS} levels in use, and a comparison of edges for each box in those cells: 16 to 64 times as many as the
 * point is in, if they are spread evenly. Nothing is allocated.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <Q> the type of queries
 */
public final class BoxGrid<Q> {
    /** How many levels there can be; when all are taken, a box goes to one with larger cells, if there is one. */
    public static final int MAX_LEVELS = 16;

    /* Cells of two to four times the size: fewer cells with more boxes are faster to go through. */
    private static final int LARGER = 2;
    /* So many bits of a coordinate remain in the number of a cell, at most: it is exact. */
    private static final int MAX_COLUMN_BITS = 50;
    private static final int WIDTHS = 4096;

    private final KeyHash hashes;
    private final Posting.Home<Q> home;
    private final List<Level> levels = new ArrayList<>();
    private final ProbeTable<Cell<Q>> cells = new ProbeTable<>() {
        @Override
        protected int hash(Cell<Q> cell) {
            return cell.hash;
        }
    };

    /** The cells of one size: powers of two. */
    static final class Level {
        private final int width;
        private final int height;
        private final double perWidth;
        private final double perHeight;
        private int boxes;

        Level(int width, int height) {
            this.width = width;
            this.height = height;
            this.perWidth = Math.scalb(1.0, -width);
            this.perHeight = Math.scalb(1.0, -height);
        }

        private boolean isLargeEnough(int otherWidth, int otherHeight) {
            return width >= otherWidth && height >= otherHeight;
        }

        private boolean is(int otherWidth, int otherHeight) {
            return width == otherWidth && height == otherHeight;
        }

        private long column(double x) {
            return (long) Math.floor(x * perWidth);
        }

        private long row(double y) {
            return (long) Math.floor(y * perHeight);
        }
    }

    /**
     * Makes an empty grid.
     *
     * @param home is told of removals, and must hand them on to {@link #removed}
     */
    public BoxGrid(KeyHash hashes, Posting.Home<Q> home) {
        this.home = home;
        this.hashes = hashes;
    }

    /** Returns how many cells have boxes. */
    public int size() {
        return cells.size();
    }

    /** Tells whether a box is small enough for any grid: finite, whatever its cells are. */
    public static boolean fits(Box box) {
        return isFinite(box.x2() - box.x1()) && isFinite(box.y2() - box.y1());
    }

    private static boolean isFinite(double size) {
        return Double.isFinite(Math.scalb(size, LARGER));
    }

    /** Tells whether there is a level for a box that fits, or room for another one. */
    public boolean accepts(Box box) {
        return levels.size() < MAX_LEVELS || levelOf(box) != null;
    }

    /** Returns the posting of the cell that a box is filed in, or null. */
    public @Nullable Posting<Q> find(Box box) {
        Level level = levelOf(box);
        return level == null ? null : find(level, level.column(box.x1()), level.row(box.y1()));
    }

    /** Files a query under a box that this grid {@linkplain #accepts accepts}. */
    public void add(Box box, Filing<Q> filing) {
        Level level = levelOf(box);
        if (level == null) {
            level = new Level(width(box), height(box));
            levels.add(level);
        }
        level.boxes++;
        Cell<Q> cell = findOrAdd(level, level.column(box.x1()), level.row(box.y1()));
        cell.expect(box);
        cell.add(filing);
    }

    private Cell<Q> findOrAdd(Level level, long column, long row) {
        Cell<Q> cell = find(level, column, row);
        if (cell == null) {
            cell = new Cell<>(home, hash(level, column, row), level, column, row);
            cells.add(cell);
        }
        return cell;
    }

    /** The level for boxes of this size; or, when no more can be made, one for larger boxes. */
    private @Nullable Level levelOf(Box box) {
        int width = width(box);
        int height = height(box);
        Level larger = null;
        for (Level level : levels) {
            if (level.is(width, height)) {
                return level;
            }
            if (level.isLargeEnough(width, height)) {
                larger = level;
            }
        }
        return levels.size() < MAX_LEVELS ? null : larger;
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
        return Math.min(Math.max(Math.max(ofSize, ofPlace), -Double.MAX_EXPONENT), Double.MAX_EXPONENT);
    }

    /** Takes note that a box was removed from its posting. */
    public void removed(Posting<Q> from) {
        Cell<Q> cell = (Cell<Q>) from;
        if (cell.isEmpty()) {
            cells.remove(cell);
        }
        if (--cell.level.boxes == 0) {
            levels.remove(cell.level);
        }
    }

    /** Visits the queries of the boxes that a point is in. */
    public void visit(double x, double y, Posting.Visitor<? super Q> visitor) {
        for (int i = 0; i < levels.size(); i++) {
            Level level = levels.get(i);
            long column = level.column(x);
            long row = level.row(y);
            visit(find(level, column, row), x, y, visitor);
            visit(find(level, column - 1, row), x, y, visitor);
            visit(find(level, column, row - 1), x, y, visitor);
            visit(find(level, column - 1, row - 1), x, y, visitor);
        }
    }

    private static <Q> void visit(@Nullable Cell<Q> cell, double x, double y, Posting.Visitor<? super Q> visitor) {
        if (cell != null) {
            cell.visit(x, y, visitor);
        }
    }

    private @Nullable Cell<Q> find(Level level, long column, long row) {
        int hash = hash(level, column, row);
        int index = cells.start(hash);
        Cell<Q> cell = cells.at(index);
        while (cell != null && !(cell.hash == hash && cell.isAt(level, column, row))) {
            index = cells.next(index);
            cell = cells.at(index);
        }
        return cell;
    }

    private int hash(Level level, long column, long row) {
        return hashes.of(level.width * WIDTHS + level.height, column, row);
    }
}

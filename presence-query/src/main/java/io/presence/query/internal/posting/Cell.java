package io.presence.query.internal.posting;

import java.util.Arrays;

/**
 * The boxes whose lower left corner is in one cell of a {@link BoxGrid}.
 *
 * @param <Q> the type of queries
 */
final class Cell<Q> extends Posting<Q> {
    private static final int EDGES = 4;

    final int hash;
    final BoxGrid.Level level;
    final long column;
    final long row;
    /* Four per filing, by its position: boxes that a point is not in are passed over without looking at their queries. */
    private double[] edges = new double[EDGES];

    Cell(Home<Q> home, int hash, BoxGrid.Level level, long column, long row) {
        super(home);
        this.hash = hash;
        this.level = level;
        this.column = column;
        this.row = row;
    }

    boolean isAt(BoxGrid.Level otherLevel, long otherColumn, long otherRow) {
        return level == otherLevel && column == otherColumn && row == otherRow;
    }

    /** Sets the box of the filing that will be added next. */
    void expect(Box box) {
        int at = size() * EDGES;
        if (at == edges.length) {
            edges = Arrays.copyOf(edges, edges.length + Math.max(EDGES, edges.length / (2 * EDGES) * EDGES));
        }
        edges[at] = box.x1();
        edges[at + 1] = box.x2();
        edges[at + 2] = box.y1();
        edges[at + 3] = box.y2();
    }

    @Override
    public void remove(Filing<Q> filing) {
        int last = (size() - 1) * EDGES;
        System.arraycopy(edges, last, edges, filing.position * EDGES, EDGES);
        super.remove(filing);
    }

    void visit(double x, double y, Posting.Visitor<? super Q> visitor) {
        int missed = 0;
        for (int i = 0, at = 0; i < size(); i++, at += EDGES) {
            if (x >= edges[at] && x <= edges[at + 1] && y >= edges[at + 2] && y <= edges[at + 3]) {
                missed += visitor.candidate(get(i).query()) ? 0 : 1;
            }
        }
        missed(missed, visitor);
    }
}

package io.presence.query.internal.index;

import io.presence.query.internal.ArraySizing;
import java.util.Arrays;

/**
 * The boxes that overlap one cell of a {@link BoxGrid}.
 *
 * <p>The edges of each box are stored relative to the corner of the cell, in widths and heights of a cell, so that
 * other boxes are skipped without access to their queries. Edges and points are rounded alike, in a way that keeps
 * their order, so a point in a box is never found outside.
 *
 * @param <Q> the type of queries
 */
final class Cell<Q> extends PostingList<Q> {

    private static final int EDGES = 4;

    private final int hash;
    private final GridLevel level;
    private final long column;
    private final long row;
    /* Four for each posting, by its position. */
    private float[] edges = new float[EDGES];

    Cell(Owner<Q> owner, int hash, GridLevel level, long column, long row) {
        super(owner);
        this.hash = hash;
        this.level = level;
        this.column = column;
        this.row = row;
    }

    int hash() {
        return hash;
    }

    GridLevel level() {
        return level;
    }

    boolean isAt(GridLevel otherLevel, long otherColumn, long otherRow) {
        return level == otherLevel && column == otherColumn && row == otherRow;
    }

    void add(Box box, Posting<Q> posting) {
        int at = size() * EDGES;
        if (at == edges.length) {
            edges = Arrays.copyOf(edges, EDGES * ArraySizing.grown(size()));
        }
        edges[at] = level.across(box.x1(), column);
        edges[at + 1] = level.across(box.x2(), column);
        edges[at + 2] = level.up(box.y1(), row);
        edges[at + 3] = level.up(box.y2(), row);
        add(posting);
    }

    @Override
    public void remove(Posting<Q> posting) {
        int last = (size() - 1) * EDGES;
        System.arraycopy(edges, last, edges, posting.position() * EDGES, EDGES);
        super.remove(posting);
        int length = EDGES * ArraySizing.shrunk(size(), edges.length / EDGES);
        if (length < edges.length) {
            edges = Arrays.copyOf(edges, length);
        }
    }

    void visit(double x, double y, PostingList.Visitor<? super Q> visitor) {
        float across = level.across(x, column);
        float up = level.up(y, row);
        int missed = 0;
        for (int i = 0, at = 0; i < size(); i++, at += EDGES) {
            if (across >= edges[at] && across <= edges[at + 1] && up >= edges[at + 2] && up <= edges[at + 3]) {
                missed += visitor.candidate(get(i)) ? 0 : 1;
            }
        }
        missed(missed, visitor);
    }
}

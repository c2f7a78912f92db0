package io.presence.query.internal.index;

import io.presence.query.internal.ArraySizing;
import io.presence.query.internal.plan.Bound;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A list of rows of bounds, in the order of the first two columns: the lower and the upper end of a range. The words of
 * all rows are in one array, and their texts in another, which exists once there is a text.
 *
 * <p>Of the changes, only {@link #reserve}, {@link #truncate} and {@link #shrink} allocate. If there is no memory, they
 * change nothing.
 *
 * <p><b>Cost.</b> A binary search, or constant time for each row that is read or moved.
 * <p><b>Threads.</b> For one thread.
 */
class BoundRows {

    /** The column of lower ends. */
    static final int LOW = 0;
    /** The column of upper ends. */
    static final int HIGH = 1;
    /** No row. */
    static final int NONE = -1;

    /* The number of rows by which full arrays grow. Most are long, and a longer step leaves more of them unused. */
    private static final int STEP = 4;

    private final int columns;
    private int size;
    private long[] words;
    private @Nullable String @Nullable [] texts;

    /** Creates an empty list that has room for a number of rows. */
    BoundRows(int columns, int rows, boolean hasTexts) {
        this.columns = columns;
        words = new long[columns * rows];
        texts = hasTexts ? new String[columns * rows] : null;
    }

    /** Returns the number of rows. */
    final int size() {
        return size;
    }

    /** Returns the number of rows that there is room for. */
    final int length() {
        return words.length / columns;
    }

    /** Returns whether there is room for texts. */
    final boolean hasTexts() {
        return texts != null;
    }

    private @Nullable String text(int at) {
        return texts == null ? null : texts[at];
    }

    /** Returns a bound. */
    final Bound get(int row, int column) {
        int at = columns * row + column;
        return new Bound(words[at], text(at));
    }

    private int compareAt(int at, long word, @Nullable String text) {
        return Bound.compare(words[at], text(at), word, text);
    }

    /** Compares a bound of this list with another. */
    final int compare(int row, int column, Bound other) {
        return compareAt(columns * row + column, other.word(), other.text());
    }

    /** Compares a row with a range. */
    final int compare(int row, Bound low, Bound high) {
        int order = compare(row, LOW, low);
        return order != 0 ? order : compare(row, HIGH, high);
    }

    /** Returns the number of rows that are not after a range. */
    final int countUpTo(Bound low, Bound high) {
        int from = 0;
        int to = size;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (compare(middle, low, high) <= 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /**
     * Returns the first row, at or after a row, whose lower end is not after a point and whose last column is not
     * before it, or {@link #NONE}.
     *
     * @param below the word of the point; the lesser one if the point is between two words
     * @param above the same word, or the greater one
     */
    final int next(int row, long below, long above, @Nullable String text) {
        return text == null ? nextWord(row, below, above) : nextText(row, below, above, text);
    }

    private int nextWord(int row, long below, long above) {
        int last = columns - 1;
        for (int i = row, at = columns * row; i < size; i++, at += columns) {
            if (words[at] > below) {
                return NONE;
            }
            if (words[at + last] >= above) {
                return i;
            }
        }
        return NONE;
    }

    private int nextText(int row, long below, long above, String text) {
        int last = columns - 1;
        for (int i = row, at = columns * row; i < size; i++, at += columns) {
            if (compareAt(at, below, text) > 0) {
                return NONE;
            }
            if (compareAt(at + last, above, text) >= 0) {
                return i;
            }
        }
        return NONE;
    }

    /** Sets a bound to the greatest of the last column of another list. */
    final void setToGreatest(int row, int column, BoundRows other) {
        int greatest = other.columns - 1;
        for (int at = greatest; at < other.columns * other.size; at += other.columns) {
            if (other.compareAt(at, other.words[greatest], other.text(greatest)) > 0) {
                greatest = at;
            }
        }
        set(row, column, other.words[greatest], other.text(greatest));
    }

    /** Sets the range of a row to the first one of another list. */
    final void setToFirst(int row, BoundRows other) {
        set(row, LOW, other.words[LOW], other.text(LOW));
        set(row, HIGH, other.words[HIGH], other.text(HIGH));
    }

    /** Sets a bound. There must be room for its text. */
    final void set(int row, int column, Bound bound) {
        set(row, column, bound.word(), bound.text());
    }

    private void set(int row, int column, long word, @Nullable String text) {
        int at = columns * row + column;
        words[at] = word;
        if (texts != null) {
            texts[at] = text;
        }
    }

    /** Makes room for a number of rows, and for texts if there are some. */
    final void reserve(int rows, boolean withTexts) {
        int length = length();
        if (rows > length) {
            resize(Math.max(rows, Math.min(ArraySizing.grown(length), length + STEP)), withTexts);
        } else if (withTexts && texts == null) {
            resize(length, true);
        }
    }

    /** Releases the memory of removed rows, if they are many. */
    final void shrink() {
        if (length() - size > 2 * STEP) {
            resize(size + STEP, false);
        }
    }

    /** Removes all rows but the first ones, and releases their memory. */
    void truncate(int rows) {
        resize(rows, false);
        size = rows;
    }

    /** Changes the number of rows that there is room for. Rows that have no room are lost. */
    void resize(int rows, boolean withTexts) {
        @Nullable String[] newTexts = texts;
        if (newTexts != null) {
            newTexts = Arrays.copyOf(newTexts, columns * rows);
        } else if (withTexts) {
            newTexts = new String[columns * rows];
        }
        words = Arrays.copyOf(words, columns * rows);
        texts = newTexts;
    }

    /** Inserts a row, for which there must be room. Its bounds must be set. */
    void insertRow(int row) {
        move(row, row + 1);
        size++;
    }

    /** Removes a row. */
    void removeRow(int row) {
        move(row + 1, row);
        size--;
        if (texts != null) {
            Arrays.fill(texts, columns * size, columns * (size + 1), null);
        }
    }

    private void move(int from, int to) {
        int count = columns * (size - from);
        System.arraycopy(words, columns * from, words, columns * to, count);
        if (texts != null) {
            System.arraycopy(texts, columns * from, texts, columns * to, count);
        }
    }

    /** Adds the rows of another list with as many columns, from a row on, for which there must be room. */
    void addAll(BoundRows other, int from) {
        int count = columns * (other.size - from);
        System.arraycopy(other.words, columns * from, words, columns * size, count);
        if (texts != null && other.texts != null) {
            System.arraycopy(other.texts, columns * from, texts, columns * size, count);
        }
        size += other.size - from;
    }
}

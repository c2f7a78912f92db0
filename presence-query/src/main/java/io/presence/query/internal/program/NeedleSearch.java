package io.presence.query.internal.program;

import java.util.Arrays;
import java.util.Collection;

/**
 * A search of a string for many needles in one pass: the automaton of Aho and Corasick, Efficient String Matching
 * (1975).
 *
 * <p>States are numbered in the order of a depth-first walk over the sorted needles, so the first child of a state is
 * the next state. Only the other children need a table, and there are fewer of them than needles.
 *
 * <p>A match never begins or ends within a surrogate pair of the text, as in {@link io.presence.query.internal.Texts}.
 *
 * <p><b>Cost.</b> A search takes at most two steps per character of the text, for any number and length of needles. The
 * automaton takes 5 bytes per character of the needles, 6 if any of these is beyond Latin-1, and 16 to 32 bytes per
 * needle. Its construction is linear in the characters of the needles.
 * <p><b>Threads.</b> Immutable.
 */
final class NeedleSearch {

    private static final int ROOT = 0;
    private static final int NONE = -1;
    /* The bits of a link above the number of the next state. */
    private static final int HAS_NEXT = 1 << 31;
    private static final int HAS_BRANCH = 1 << 30;
    private static final int IS_END = 1 << 29;
    private static final int HAS_END = 1 << 28;
    private static final int STATE = HAS_END - 1;
    /* One end of a needle, in the upper half of a count of visits. */
    private static final long ONE_END = 1L << Integer.SIZE;

    /* The last character of each state. */
    private final String labels;
    /* For each state the one of its longest proper suffix, and bits. */
    private final int[] links;
    private final Branches branches;
    private final int needles;

    /** Creates the automaton of distinct needles. */
    NeedleSearch(Collection<String> given) {
        String[] sorted = given.toArray(String[]::new);
        Arrays.sort(sorted);
        needles = sorted.length;
        NeedleTrie trie = new NeedleTrie(sorted);
        labels = trie.labels();
        links = new int[trie.size()];
        branches = new Branches(trie.branchCount());
        markStates(trie);
        linkSuffixes(trie);
    }

    private void markStates(NeedleTrie trie) {
        for (int state = 1; state < links.length; state++) {
            int parent = trie.parent(state);
            boolean isNext = parent == state - 1;
            links[parent] |= isNext ? HAS_NEXT : HAS_BRANCH;
            if (!isNext) {
                branches.put(parent, labels.charAt(state), state);
            }
        }
        for (int end : trie.ends()) {
            links[end] |= IS_END | HAS_END;
        }
    }

    /** Links the states by depth, since the suffix of a state is less deep. */
    private void linkSuffixes(NeedleTrie trie) {
        for (int state : trie.byDepth()) {
            int parent = trie.parent(state);
            int suffix = parent == ROOT ? ROOT : suffix(parent, labels.charAt(state));
            links[state] |= suffix | (links[suffix] & HAS_END);
        }
    }

    private int suffix(int parent, char label) {
        return next(links[parent] & STATE, labels.charAt(parent), label);
    }

    /**
     * Returns the next state for a character. No needle begins with the second half of a surrogate pair of the text.
     */
    private int next(int from, char previous, char next) {
        int state = step(from, next);
        boolean splits = Character.isSurrogatePair(previous, next) && state == child(ROOT, next);
        return splits ? ROOT : state;
    }

    private int step(int from, char next) {
        int state = from;
        int target = child(state, next);
        while (target == NONE && state != ROOT) {
            state = links[state] & STATE;
            target = child(state, next);
        }
        return target == NONE ? ROOT : target;
    }

    private int child(int state, char next) {
        int link = links[state];
        if ((link & HAS_NEXT) != 0 && labels.charAt(state + 1) == next) {
            return state + 1;
        }
        return (link & HAS_BRANCH) != 0 ? branches.find(state, next, labels) : NONE;
    }

    private boolean hasEnd(int state) {
        return (links[state] & HAS_END) != 0;
    }

    /* Returns whether a position is within a surrogate pair, where no needle ends. */
    private static boolean splits(String text, int at) {
        return at < text.length() && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
    }

    /** Returns whether a text contains any of the needles. */
    boolean hasAny(String text, Slots slots) {
        int state = ROOT;
        boolean found = hasEnd(state);
        char previous = 0;
        int at = 0;
        while (!found && at < text.length()) {
            char character = text.charAt(at++);
            state = next(state, previous, character);
            previous = character;
            found = hasEnd(state) && !splits(text, at);
        }
        slots.spend(Cost.SEARCH * (long) at);
        return found;
    }

    /** Returns whether a text contains all of the needles. */
    boolean hasAll(String text, Slots slots) {
        long[] seen = slots.scratch(links.length);
        long visits = visit(ROOT, seen);
        int state = ROOT;
        char previous = 0;
        int at = 0;
        while (ends(visits) < needles && at < text.length()) {
            char character = text.charAt(at++);
            state = next(state, previous, character);
            previous = character;
            visits += splits(text, at) ? 0 : visit(state, seen);
        }
        slots.spend(Cost.SEARCH * (long) at + (int) visits + links.length / Long.SIZE);
        return ends(visits) == needles;
    }

    /**
     * Visits a state and its suffixes up to the first that was visited before. Returns the number of needles that end
     * in them in the upper half, and the number of visits in the lower half.
     */
    private long visit(int from, long[] seen) {
        long visits = 0;
        int state = from;
        while ((seen[state >> 6] >>> state & 1) == 0) {
            seen[state >> 6] |= 1L << state;
            visits += (links[state] & IS_END) == 0 ? 1 : ONE_END + 1;
            state = links[state] & STATE;
        }
        return visits;
    }

    private static int ends(long visits) {
        return (int) (visits >>> Integer.SIZE);
    }
}

package io.presence.query.internal.program;

/** The trie of sorted needles, with its states in depth-first order, from which {@link NeedleSearch} is created. */
final class NeedleTrie {

    private final char[] labels;
    private final int[] parents;
    private final int[] depths;
    private final int[] ends;
    /* The states on the path to the last needle, by depth. */
    private final int[] path;
    private int size = 1;
    private int branchCount;

    NeedleTrie(String[] sorted) {
        int most = 1;
        int longest = 0;
        for (String needle : sorted) {
            most = Math.addExact(most, needle.length());
            longest = Math.max(longest, needle.length());
        }
        labels = new char[most];
        parents = new int[most];
        depths = new int[most];
        ends = new int[sorted.length];
        path = new int[longest + 1];
        String last = "";
        for (int i = 0; i < sorted.length; i++) {
            ends[i] = add(sorted[i], common(last, sorted[i]));
            last = sorted[i];
        }
    }

    private static int common(String a, String b) {
        int length = Math.min(a.length(), b.length());
        int i = 0;
        while (i < length && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        return i;
    }

    private int add(String needle, int common) {
        for (int depth = common; depth < needle.length(); depth++) {
            int state = size++;
            labels[state] = needle.charAt(depth);
            parents[state] = path[depth];
            depths[state] = depth + 1;
            branchCount += path[depth] == state - 1 ? 0 : 1;
            path[depth + 1] = state;
        }
        return path[needle.length()];
    }

    int size() {
        return size;
    }

    int branchCount() {
        return branchCount;
    }

    String labels() {
        return new String(labels, 0, size);
    }

    int parent(int state) {
        return parents[state];
    }

    /** Returns the state in which each needle ends. */
    int[] ends() {
        return ends;
    }

    /** Returns all states except the root, in ascending order of depth. */
    int[] byDepth() {
        int[] starts = new int[path.length + 1];
        for (int state = 1; state < size; state++) {
            starts[depths[state] + 1]++;
        }
        for (int depth = 1; depth < starts.length; depth++) {
            starts[depth] += starts[depth - 1];
        }
        int[] order = new int[size - 1];
        for (int state = 1; state < size; state++) {
            order[starts[depths[state]]++] = state;
        }
        return order;
    }
}

package io.presence.query.internal.index;

import java.util.ArrayList;
import java.util.List;

/** Keeps the numbers of the queries that it is shown, and says of all that they match. */
public class Seen implements PostingList.Visitor<Entry> {

    private final List<Integer> ids = new ArrayList<>();

    /** Returns the numbers in the order in which they were shown. */
    public List<Integer> ids() {
        return ids;
    }

    @Override
    public boolean candidate(Posting<? extends Entry> posting) {
        ids.add(posting.query().id());
        return true;
    }

    @Override
    public void onLowYield(PostingList<? extends Entry> postingList) {
        throw new AssertionError("nothing was in vain");
    }

    /** Returns the numbers in order. */
    public List<Integer> sorted() {
        return ids.stream().sorted().toList();
    }
}

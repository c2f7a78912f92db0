package io.presence.bench;

/** What is on the heap. */
public final class HeapUse {
    /* One leaves what only finalizers and references would free. */
    private static final int COLLECTIONS = 4;

    private HeapUse() {}

    /** Returns the bytes in use after collections. */
    public static long afterCollections() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}

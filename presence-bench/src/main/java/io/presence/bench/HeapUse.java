package io.presence.bench;

/** Measures the heap in use. */
public final class HeapUse {

    /* A single collection leaves objects that only finalizers or references release. */
    private static final int COLLECTIONS = 4;

    private HeapUse() {}

    /** Collects garbage several times and returns the bytes in use. */
    public static long afterCollections() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}

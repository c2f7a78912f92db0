package io.presence;

import java.util.SplittableRandom;

/**
 * Stores whose dispatcher may spend little on queries, so that much is left to the threads that drain subscriptions.
 */
public final class OperationBudgets {

    private static final int SMALL = 3;
    private static final int MANY = 2_000;
    private static final int FOR_STEPS = 1_000_000;

    private OperationBudgets() {}

    /** Has a store spend nothing at some times, a little at others, and as usual at others. */
    public static PresenceStoreBuilder atRandom(PresenceStoreBuilder builder, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return builder.operations(usual -> switch (random.nextInt(SMALL)) {
            case 0 -> 0;
            case 1 -> random.nextInt(MANY);
            default -> usual;
        });
    }

    /** Has a store spend a part of what is usual. */
    public static PresenceStoreBuilder oneIn(PresenceStoreBuilder builder, long part) {
        return builder.operations(usual -> usual / part);
    }

    /** Has a store spend nothing on changes, and as usual on the filters that these leave. */
    public static PresenceStoreBuilder noneForSteps(PresenceStoreBuilder builder) {
        return builder.operations(usual -> usual == FOR_STEPS ? 0 : usual);
    }

    /** Has a store spend nothing on what may be left to others, and evaluate one at a time of what may not. */
    public static PresenceStoreBuilder none(PresenceStoreBuilder builder) {
        return builder.operations(usual -> 0);
    }
}

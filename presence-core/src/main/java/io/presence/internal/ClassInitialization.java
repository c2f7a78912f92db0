package io.presence.internal;

/**
 * The initialization of all classes of the library that have a static initializer, when the first store of the process
 * is built. The JVM never uses a class again whose initialization failed for lack of memory. Without this, a process
 * that runs out of memory once could lose for ever what it uses for the first time then, such as the end of a
 * subscription.
 *
 * <p><b>Cost.</b> The first store of a process takes some 40 ms more; 180 ms without, on two cores of the machine that
 * docs/benchmarks.md describes.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class ClassInitialization {

    /* By package. Those of JSON are left out: they need a library that may be absent. */
    private static final String[] CLASSES = {
        "java.lang: System$Logger$Level",
        "io.presence: Channel Ids MetadataEdits MetadataMap Permission$Type PresenceEvent$Action "
                + "PresenceEvent$Cause PresenceEvent$Change PresenceException$Code PresencePatch "
                + "PresenceStats$Lists PresenceUpsert PresenceUpsert$Holders Role Role$1 Role$Kind Scope "
                + "Subscription$CloseReason SubscriptionOptions WriteResult$Outcome",
        "io.presence.access: AccessReason",
        "io.presence.cluster: ClusterOptions ClusterStatus$PeerState",
        "io.presence.internal.cluster: Causes$1 FrameFormat NodeId Operation OperationReader",
        "io.presence.internal.delivery: CallGate CallGate$ShutResult ConflatedChanges$Outcome "
                + "DeliveryProgress Demand DrainState FilterResult ListenerCall$Kind ListenerCaller "
                + "ListenerCaller$1 ListenerDelivery LiveSubscription Mailbox Mailbox$1 Reminders ResetSupport "
                + "StateChange StateChange$1",
        "io.presence.internal.dispatch: CallerDrivenRunner DispatcherThread ListenerPool",
        "io.presence.internal.index: Planner",
        "io.presence.internal.lock: LockIds LockTimers$Due",
        "io.presence.internal.read: DeadlineUse SortKeys",
        "io.presence.internal.store: ActionSet$1 CapacityLimits$1 CapacityLimits$Limit Ending Entry "
                + "Lease PresenceState$1 Replica SessionHolds StateSchema TrustedAccess ViewStates",
        "io.presence.internal.subscription: CommandQueue DispatcherTasks DrainWatch FilterCosts ResumeTokens",
        "io.presence.internal.table: Directory Page",
        "io.presence.internal.view: LiveCounts ManyPresences Tally View",
        "io.presence.query: Interpreter$1 KindRules KindRules$1 Method Method$Kind Numbers Operands "
                + "QueryException$Code QueryLimits QuerySchema$Kind RecordSchema SortOrder$1 SortOrder$Type Values",
        "io.presence.query.internal.index: ElementPaths PrefixLengths SlotIndex SlotIndex$1 TermIndex$1 "
                + "ValueTable ValueTable$Part",
        "io.presence.query.internal.normal: AttributeConjunction$1 CanonicalOrder CanonicalValues "
                + "Comparisons$1 Group IntersectedBounds$1 ValueTypes$1",
        "io.presence.query.internal.plan: Bound Range$1 Range$Domain TermExtractor TermExtractor$1",
        "io.presence.query.internal.program: Branches Compiler Compiler$1 Condition Condition$1 "
                + "Constants CostEstimate$1 Instruction Instruction$1 NumberBound Op Slots StructureSet TextSet "
                + "ValueType"
    };

    private static volatile boolean isDone;

    private ClassInitialization() {}

    /** Initializes the classes. If this throws for lack of memory, a later call does the rest. */
    static void ensure() {
        if (!isDone) {
            for (String names : CLASSES) {
                int colon = names.indexOf(':');
                for (String name : names.substring(colon + 2).split(" ", -1)) {
                    initialize(names.substring(0, colon) + '.' + name);
                }
            }
            isDone = true;
        }
    }

    private static void initialize(String name) {
        try {
            Class.forName(name, true, ClassInitialization.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            /* A native image finds no class by its name. It initializes each when it is first used. */
            Thread.onSpinWait();
        }
    }
}

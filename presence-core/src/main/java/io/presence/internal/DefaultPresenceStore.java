package io.presence.internal;

import io.presence.ListPlan;
import io.presence.PresenceStore;
import io.presence.Presences;
import io.presence.Principal;
import io.presence.Subscription;
import io.presence.internal.access.PrincipalAccess;
import io.presence.internal.access.TrustedAccess;
import io.presence.internal.bus.DutyCycle;
import io.presence.internal.bus.Subscriptions;
import io.presence.internal.run.CallerDrive;
import io.presence.internal.run.Drive;
import io.presence.internal.run.Parker;
import io.presence.internal.run.ThreadDrive;
import io.presence.internal.store.Clocks;
import io.presence.internal.store.DirtyQueue;
import io.presence.internal.store.Entries;
import io.presence.internal.store.Lifetimes;
import io.presence.query.AttributePath;
import io.presence.query.Query;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Puts a store together: the trusted view of it, and the drive that makes its duty cycle go round. */
public final class DefaultPresenceStore extends ScopedPresences implements PresenceStore {

    private final Entries entries;
    private final Subscriptions subscriptions;
    private final DutyCycle cycle;
    private final Drive drive;

    /** What a store is made of, checked by the builder. No thread factory stands for caller-driven. */
    public record Settings(
            Duration defaultTtl,
            Duration maxTtl,
            Duration tick,
            int maxPresences,
            List<AttributePath> indexed,
            LongSupplier nanoClock,
            InstantSource wallClock,
            @Nullable BiConsumer<Subscription, Throwable> onListenerError,
            @Nullable ThreadFactory threads) {}

    private DefaultPresenceStore(Entries entries, Subscriptions subscriptions, DutyCycle cycle, Drive drive) {
        super(entries, subscriptions, TrustedAccess.INSTANCE);
        this.entries = entries;
        this.subscriptions = subscriptions;
        this.cycle = cycle;
        this.drive = drive;
    }

    /** Makes a store, and starts its thread unless it is caller-driven. */
    public static PresenceStore of(Settings settings) {
        Parker parker = new Parker();
        Clocks clocks = new Clocks(settings.nanoClock(), settings.wallClock());
        DirtyQueue dirty = new DirtyQueue(parker::unpark);
        Lifetimes lifetimes = new Lifetimes(settings.defaultTtl(), settings.maxTtl());
        Entries entries = new Entries(clocks, lifetimes, dirty, settings.maxPresences(), settings.indexed());
        Subscriptions subscriptions =
                new Subscriptions(entries, parker::unpark, new ListenerErrors(settings.onListenerError()));
        DutyCycle cycle = new DutyCycle(
                clocks, entries, dirty, subscriptions, settings.tick().toNanos());
        ThreadFactory threads = settings.threads();
        Drive drive = threads == null ? new CallerDrive(cycle) : new ThreadDrive(cycle, parker, threads);
        return new DefaultPresenceStore(entries, subscriptions, cycle, drive);
    }

    /** Makes the thread of a store whose builder was given no factory: a daemon, so that it holds up no exit. */
    public static Thread daemon(Runnable task) {
        Thread made = new Thread(task, "presence-dispatcher");
        made.setDaemon(true);
        return made;
    }

    @Override
    public Presences as(Principal principal) {
        return new ScopedPresences(entries, subscriptions, new PrincipalAccess(principal));
    }

    @Override
    public ListPlan explain(Query... queries) {
        return lister.explain(queries);
    }

    @Override
    public int doWork() {
        return drive.doWork();
    }

    @Override
    public CompletionStage<Void> flush() {
        return cycle.flush();
    }

    @Override
    public void close() {
        entries.close();
        drive.close();
    }
}

package io.presence.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Runs a scenario on rewritten classes; see the package. */
public final class FaultRun {

    private FaultRun() {}

    /**
     * Loads a scenario anew, and all of the library, and runs it.
     *
     * @param scenario public, with a public constructor without parameters
     * @param prefixes how the names of classes begin that get sites
     */
    public static void run(Class<? extends Runnable> scenario, String... prefixes) {
        try {
            FaultLoader loader = new FaultLoader(List.of(prefixes));
            Class<?> loaded = loader.loadClass(scenario.getName());
            ((Runnable) loaded.getDeclaredConstructor().newInstance()).run();
            assertThat(loader.unmatched()).as("prefixes without a class").isEmpty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("scenario must be public and made without parameters: " + scenario, e);
        }
    }
}

/**
 * Fault injection by rewriting the compiled classes of the library in the test: before each allocation and each call of
 * the chosen packages there is a <i>site</i> at which the test has something thrown. The published classes have no
 * hook.
 *
 * <p>Use: a scenario is a public class with a public constructor without parameters that implements {@link
 * java.lang.Runnable}, and a test calls {@code FaultRun.run(Scenario.class, "io.presence.internal.store.", ...)}. That
 * loads the scenario, and all of {@code io.presence}, anew by a {@link io.presence.fault.FaultLoader}, with sites in
 * the classes of the packages named, and runs it. The scenario calls {@link io.presence.fault.Faults#atEachSite} with a
 * way to make a fresh world, the operation under test, and a check of the world after it: these run once for each site
 * that the operation comes by, in each kind of {@link io.presence.fault.Faults.Kind}.
 */
@NullMarked
package io.presence.fault;

import org.jspecify.annotations.NullMarked;

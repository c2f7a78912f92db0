package io.presence.internal.deliver;

import java.util.concurrent.Executor;

/** An executor of the store itself, which runs or refuses what it is given, so that no turn needs to be submitted again. */
public interface NeverDrops extends Executor {}

package io.presence.internal.store;

/** Stands for the holders of an incarnation that another node owns: no session of this store holds it. */
enum Replica implements Holding {
    INSTANCE
}

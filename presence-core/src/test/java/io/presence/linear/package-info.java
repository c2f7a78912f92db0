/**
 * Linearizability: histories of threads, each compared with what one thread could have done. A history is recorded from
 * real threads or explored by Lincheck.
 */
@org.jspecify.annotations.NullMarked
package io.presence.linear;

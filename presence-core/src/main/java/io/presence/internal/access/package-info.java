/** Who may do what: the callers that {@link io.presence.internal.store.Access} stands for. Not exported. */
@org.jspecify.annotations.NullMarked
package io.presence.internal.access;

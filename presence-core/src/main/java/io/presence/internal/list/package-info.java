/** What is asked: list and count over the live presences, and which queries presences allow. Not exported. */
@org.jspecify.annotations.NullMarked
package io.presence.internal.list;

/**
 * How a subscription comes to know what there is: {@linkplain io.presence.internal.join.Walk walks} over the presences, a
 * slice at a time, that join what is live without gap or duplicate, and the
 * {@linkplain io.presence.internal.join.History history} that one who returns goes on from. Dispatcher only. Not exported.
 */
@org.jspecify.annotations.NullMarked
package io.presence.internal.join;

/**
 * The JSON text of queries, not for users. Only these classes use jackson-core, and only {@code Jackson.require} may be
 * called where it could be absent.
 */
@NullMarked
package io.presence.query.internal.json;

import org.jspecify.annotations.NullMarked;

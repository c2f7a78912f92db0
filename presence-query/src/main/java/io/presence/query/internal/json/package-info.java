/**
 * The JSON form of queries; {@link io.presence.query.internal.json.JsonFormat} is the entry point. Only this package
 * uses jackson-core. Not exported.
 */
@NullMarked
package io.presence.query.internal.json;

import org.jspecify.annotations.NullMarked;

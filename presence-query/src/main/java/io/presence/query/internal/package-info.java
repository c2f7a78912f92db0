/** Utilities that the packages of the query language share. Not exported. */
@NullMarked
package io.presence.query.internal;

import org.jspecify.annotations.NullMarked;

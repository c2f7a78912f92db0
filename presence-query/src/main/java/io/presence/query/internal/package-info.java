/** What the packages of the query language share, not for users. */
@NullMarked
package io.presence.query.internal;

import org.jspecify.annotations.NullMarked;

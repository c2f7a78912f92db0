/**
 * The normal form of filters: equivalent filters become equal trees, so that they share one program and one set of
 * postings. {@link io.presence.query.internal.normal.Normalizer} is the entry point. Not exported.
 */
@NullMarked
package io.presence.query.internal.normal;

import org.jspecify.annotations.NullMarked;

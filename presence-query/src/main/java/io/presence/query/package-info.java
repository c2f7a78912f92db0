/**
 * The query language of presences: an immutable tree of conditions and list options, with several evaluators.
 * The entry point is {@link io.presence.query.Query}, whose static methods are named as in the Appwrite SDK.
 *
 * <pre>{@code
 * Query.Filter editing = Query.and(
 *         Query.equal("status", "online", "away"),
 *         Query.greaterThan("metadata.cursor.x", 100));
 *
 * Attributes record = Attributes.of(Map.of(
 *         "status", "online",
 *         "metadata", Map.of("cursor", Map.of("x", 640))));
 *
 * System.out.println(Interpreter.matches(editing, record)); // prints: true
 * }</pre>
 *
 * <p>The main types, from a query to a result:
 * <ol>
 * <li>{@link io.presence.query.Query} is a condition or a list option. It has a {@link io.presence.query.Method}, an
 *     {@link io.presence.query.AttributePath} and values.
 * <li>{@link io.presence.query.ListQuery} is a set of queries that reads a page.
 *     {@link io.presence.query.Query#allOf Query.allOf} returns the filter of a subscription.
 *     {@link io.presence.query.QueryLimits} bounds both, and {@link io.presence.query.QuerySchema} declares the
 *     attributes.
 * <li>{@link io.presence.query.Interpreter} evaluates a filter on the {@link io.presence.query.Attributes} of a record.
 *     {@link io.presence.query.Values} has the rules by which values are equal, ordered and sorted.
 * <li>{@link io.presence.query.CompiledQuery} evaluates one filter on many records. {@link
 * io.presence.query.StandingQueries} holds many filters and finds those that match a changed record. Its {@code
 * explain} methods return a {@link io.presence.query.StandingQueries.MatchPlan} of a filter. Both read records of any
 * type by a {@link io.presence.query.RecordSchema}, and agree with the interpreter.
 * <li>{@link io.presence.query.QueryJson} reads and writes queries in the JSON form of an Appwrite SDK. It is the only
 *     class that needs another library, jackson-core.
 * <li>{@link io.presence.query.QueryException} rejects an invalid query.
 * </ol>
 *
 * <p>{@code docs/query-language.md} is the specification, with every method for every type of value.
 *
 * <p>All types are immutable and safe for use by any thread, except builders, {@code CompiledQuery} and
 * {@code StandingQueries}, which are for one thread at a time, and {@code Attributes}, which are as safe as the record
 * that they read. No type reads a clock, and no query depends on the current time.
 */
@NullMarked
package io.presence.query;

import org.jspecify.annotations.NullMarked;

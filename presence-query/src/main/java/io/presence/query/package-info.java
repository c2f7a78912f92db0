/**
 * The query language of presences: an immutable tree of conditions and list options, and the one meaning of each.
 * The door is {@link io.presence.query.Query}, whose static methods are named as in the Appwrite SDK.
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
 * <p>From query to result:
 * <ol>
 * <li>{@link io.presence.query.Query} is one condition or one list option, made of an
 *     {@link io.presence.query.Method}, an {@link io.presence.query.AttributePath} and values.
 * <li>A set of queries becomes a {@link io.presence.query.ListQuery} to read a page, or by
 *     {@link io.presence.query.Query#allOf Query.allOf} the one filter of a subscription. Both stay within
 *     {@link io.presence.query.QueryLimits}; a {@link io.presence.query.QuerySchema} says which attributes exist.
 * <li>{@link io.presence.query.Interpreter} tells whether a filter holds for a record, which it sees only as
 *     {@link io.presence.query.Attributes}. {@link io.presence.query.Values} has the rules by which values are equal,
 *     ordered and sorted.
 * <li>{@link io.presence.query.CompiledQuery} asks one filter of many records, and
 *     {@link io.presence.query.StandingQueries} tells which of many filters a changed record concerns. Both read
 *     records of any type by a {@link io.presence.query.RecordSchema}, and answer as the interpreter does; how the
 *     latter finds a filter is in a {@link io.presence.query.StandingQueries.MatchPlan}.
 * <li>{@link io.presence.query.QueryJson} reads queries from the JSON that an Appwrite SDK sends, and writes it. It is
 *     the only class here that needs another library, jackson-core.
 * <li>A query that breaks a rule is refused with a {@link io.presence.query.QueryException}.
 * </ol>
 *
 * <p>The specification, with every method against every type of value, is {@code docs/query-language.md}.
 *
 * <p>Everything here is immutable and safe for use by any thread, but for {@code CompiledQuery} and
 * {@code StandingQueries}, which are for one thread at a time. Nothing here reads a clock: no query can say
 * <em>now</em>.
 */
@NullMarked
package io.presence.query;

import org.jspecify.annotations.NullMarked;

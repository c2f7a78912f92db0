/** Tests of the JSON forms. */
@org.jspecify.annotations.NullMarked
package io.presence.json;

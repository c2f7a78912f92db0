/** Tests of named filters and of what hosts build on events. */
package io.presence.session;

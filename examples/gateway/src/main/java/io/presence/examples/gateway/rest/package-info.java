/** The HTTP part: routes, their rules, and the page. */
@NullMarked
package io.presence.examples.gateway.rest;

import org.jspecify.annotations.NullMarked;

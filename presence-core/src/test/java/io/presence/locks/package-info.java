/** Tests of soft locks. */
package io.presence.locks;

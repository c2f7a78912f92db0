/** Tests that compare every way to reach a presence with a naive definition of access, over a small world. */
package io.presence.rights;

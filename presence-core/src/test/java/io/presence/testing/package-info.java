/** The test kit, tested as a user would use it. */
package io.presence.testing;

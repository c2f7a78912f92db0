/** Tests of user views and live counts. */
package io.presence.views;

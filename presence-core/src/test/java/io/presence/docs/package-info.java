/** Every code block of the documentation, compiled and run: see CONTRIBUTING.md. */
package io.presence.docs;

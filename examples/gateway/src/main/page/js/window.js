import { ID } from './server.js';

const KEY = 'presence.window';

/**
 * Returns the id of this window, the same after a reload. The id is stored only while no page uses it, so a duplicate
 * of the window has another one.
 */
export function windowId() {
    const id = sessionStorage.getItem(KEY) ?? ID.unique();
    sessionStorage.removeItem(KEY);
    addEventListener('pagehide', () => sessionStorage.setItem(KEY, id));
    addEventListener('pageshow', () => sessionStorage.removeItem(KEY));
    return id;
}

import { cleanName } from './look.js';

const FIRST = ['Amber', 'Blue', 'Calm', 'Eager', 'Quiet', 'Silver', 'Swift', 'Warm'];
const LAST = ['Falcon', 'Heron', 'Lynx', 'Maple', 'Otter', 'Poppy', 'Willow', 'Wren'];
const keyOf = (userId) => `presence.name.${userId}`;

/** @returns {string} the name of a user: from the URI, or as given before in this browser; empty if there is none */
export function knownName(options, userId) {
    return cleanName(options.get('name')) || cleanName(localStorage.getItem(keyOf(userId)));
}

/** Keeps a name for the other windows and later visits of the user. */
export function keepName(name, userId) {
    localStorage.setItem(keyOf(userId), name);
    const url = new URL(location.href);
    if (url.searchParams.has('name')) {
        url.searchParams.set('name', name);
        history.replaceState(null, '', url);
    }
}

/** Calls back with the new name when the user changes it in another window. */
export function onNameKept(userId, renamed) {
    addEventListener('storage', ({ key, newValue }) => {
        const name = key === keyOf(userId()) ? cleanName(newValue) : '';
        if (name) {
            renamed(name);
        }
    });
}

/**
 * Asks for a name in a dialog. The first one is required; a change can be cancelled.
 *
 * @param {string} [current] the name so far
 * @returns {Promise<string | null>} the name, or null if the user has cancelled
 */
export function askName(dialog, current) {
    const field = dialog.querySelector('input');
    const required = current === undefined;
    dialog.querySelector('h2').textContent = required ? 'Who are you?' : 'Change your name';
    dialog.querySelector('[value="given"]').textContent = required ? 'Join' : 'Change';
    dialog.querySelector('[value="cancel"]').hidden = required;
    field.value = current ?? `${any(FIRST)} ${any(LAST)}`;
    dialog.returnValue = '';
    dialog.showModal();
    field.select();
    return new Promise((resolve) => {
        const keepOpen = (event) => required && event.preventDefault();
        dialog.addEventListener('cancel', keepOpen);
        dialog.addEventListener('close', function closed() {
            const name = cleanName(field.value);
            const given = dialog.returnValue === 'given' && name !== '';
            if (required && !given) {
                dialog.showModal();
                return;
            }
            dialog.removeEventListener('cancel', keepOpen);
            dialog.removeEventListener('close', closed);
            resolve(given ? name : null);
        });
    });
}

function any(words) {
    return words[Math.floor(Math.random() * words.length)];
}

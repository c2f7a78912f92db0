const FIRST = ['Amber', 'Blue', 'Calm', 'Eager', 'Quiet', 'Silver', 'Swift', 'Warm'];
const LAST = ['Falcon', 'Heron', 'Lynx', 'Maple', 'Otter', 'Poppy', 'Willow', 'Wren'];
const KEY = 'presence.name';

/** @returns {string | null} the name of this window: from its URI, or from before a reload */
export function knownName(options) {
    return options.get('name') || sessionStorage.getItem(KEY);
}

/** Asks for a name in a dialog that requires one. */
export function askName(dialog, current) {
    const field = dialog.querySelector('input');
    field.value = current ?? `${any(FIRST)} ${any(LAST)}`;
    dialog.showModal();
    field.select();
    return new Promise((resolve) => {
        dialog.addEventListener('cancel', (event) => event.preventDefault());
        dialog.addEventListener('close', () => {
            const name = field.value.trim() || 'Somebody';
            sessionStorage.setItem(KEY, name);
            resolve(name);
        }, { once: true });
    });
}

function any(words) {
    return words[Math.floor(Math.random() * words.length)];
}

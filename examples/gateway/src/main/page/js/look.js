/** The appearance of a user. Input of other windows is untrusted: it is bounded, typed, and never markup. */

/** White text on each of them has a contrast of at least 4.5. */
const COLOURS = ['#4338ca', '#be185d', '#0f766e', '#b45309', '#1d4ed8', '#7e22ce', '#15803d', '#be123c'];
const STATUSES = ['online', 'away', 'busy'];
const NAME_LENGTH = 40;

/** @returns {string} a colour that stays the same for the same seed */
export function colourOf(seed) {
    let hash = 0;
    for (const unit of String(seed)) {
        hash = (hash * 31 + unit.codePointAt(0)) >>> 0;
    }
    return COLOURS[hash % COLOURS.length];
}

/** @returns {string} one or two letters */
export function initialsOf(name) {
    const words = name.split(/\s+/).filter(Boolean);
    const letters = words.length > 1 ? [words[0], words[words.length - 1]] : words;
    return letters.map((word) => [...word][0].toUpperCase()).join('');
}

/** @returns {string} a name that is safe to show, never empty */
export function nameOf(presence) {
    const name = presence.metadata?.name;
    const shown = typeof name === 'string' ? [...name.trim()].slice(0, NAME_LENGTH).join('') : '';
    return shown || 'Somebody';
}

/** @returns {string} one of the statuses that the page knows */
export function statusOf(presence) {
    return STATUSES.includes(presence.status) ? presence.status : 'online';
}

/** @returns {{x: number, y: number}} a place on the board, each from 0 to 1 */
export function placeOf(presence) {
    return { x: fraction(presence.metadata?.x), y: fraction(presence.metadata?.y) };
}

/** Creates an element with text, which is never parsed as markup. */
export function element(tag, className, text = '') {
    const made = document.createElement(tag);
    if (className) {
        made.className = className;
    }
    made.textContent = text;
    return made;
}

/** Sets the colour and the letters of an avatar. */
export function dress(avatar, name) {
    avatar.textContent = initialsOf(name);
    avatar.style.setProperty('--own', colourOf(name));
}

function fraction(value) {
    return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0.5;
}

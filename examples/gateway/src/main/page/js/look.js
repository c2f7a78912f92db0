/** The appearance of a user. Input of other windows is untrusted: it is bounded, typed, and never markup. */

/** White text on each of them has a contrast of at least 4.5. */
const COLOURS = [
    '#4338ca', '#be185d', '#0f766e', '#b45309', '#1d4ed8', '#7e22ce',
    '#15803d', '#be123c', '#57534e', '#0369a1', '#86198f', '#854d0e',
];
const STATUSES = ['online', 'away', 'busy'];
const NAME_LENGTH = 40;
const MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const BLANKS = /[\s\p{Cc}]+/gu;
const INVISIBLE = /^[\p{Cf}\p{Zs}\p{Mn}\u3164\uffa0]*$/u;

/** @returns {string} a colour that stays the same for the same user */
export function colourOf(userId) {
    let hash = 0;
    for (const unit of String(userId)) {
        hash = (hash * 31 + unit.codePointAt(0)) >>> 0;
    }
    return COLOURS[hash % COLOURS.length];
}

/** @returns {string} one or two letters */
export function initialsOf(name) {
    const words = name.split(/\s+/).filter(Boolean);
    const letters = words.length > 1 ? [words[0], words[words.length - 1]] : words;
    return letters.map((word) => firstOf(word).toUpperCase()).join('');
}

function firstOf(word) {
    const [first] = new Intl.Segmenter().segment(word);
    return first.segment;
}

/** @returns {string} a name without control characters and marks of direction; empty if nothing can be seen of it */
export function cleanName(name) {
    const shown = typeof name === 'string' ? name.replace(MARKS, '').replace(BLANKS, ' ').trim() : '';
    return INVISIBLE.test(shown) ? '' : [...shown].slice(0, NAME_LENGTH).join('').trim();
}

/** @returns {string} a name that is safe to show, never empty */
export function nameOf(presence) {
    return cleanName(presence.metadata?.name) || 'Somebody';
}

/** @returns {string} a name within a sentence. Letters of either direction leave the rest of the sentence as it is. */
export function isolated(name) {
    return `\u2068${name}\u2069`;
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

/** Sets a text. An unchanged one is not set again, since screen readers would read it again. */
export function put(element, text) {
    if (element.textContent !== text) {
        element.textContent = text;
    }
}

/** Sets the colour and the letters of an avatar. */
export function dress(avatar, name, userId) {
    put(avatar, initialsOf(name));
    avatar.style.setProperty('--own', colourOf(userId));
}

function fraction(value) {
    return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0.5;
}

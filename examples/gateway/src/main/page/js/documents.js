import { element } from './look.js';

export const DOCUMENTS = [
    {
        id: 'plan',
        title: 'Plan',
        cards: [
            ['6%', '9%', '#6366f1', 'This week', 'Ship the board'],
            ['38%', '30%', '#10b981', 'Next', 'Invite the second team'],
            ['66%', '58%', '#f59e0b', 'Later', 'Colours that everybody likes'],
        ],
    },
    {
        id: 'sketch',
        title: 'Sketch',
        cards: [
            ['12%', '52%', '#ec4899', 'Header', 'Avatars, then status'],
            ['58%', '14%', '#06b6d4', 'Cursor', 'Name under the arrow'],
        ],
    },
    {
        id: 'minutes',
        title: 'Minutes',
        cards: [
            ['10%', '14%', '#8b5cf6', 'Present', 'See the list beside this board'],
            ['52%', '46%', '#84cc16', 'Agreed', 'Nobody is locked out'],
        ],
    },
];

/** @returns {string} the title of the document */
export function titleOf(id) {
    return DOCUMENTS.find((one) => one.id === id)?.title ?? 'another document';
}

/** @returns {string} the document that the URI names, or the first */
export function documentOf(options) {
    return DOCUMENTS.find((one) => one.id === options.get('document'))?.id ?? DOCUMENTS[0].id;
}

/** Names the document in the URI, so that a reload and a copy of the link lead to it. */
export function keepDocument(id) {
    const url = new URL(location.href);
    url.searchParams.set('document', id);
    history.replaceState(null, '', url);
}

/** Puts a document's cards on the board. */
export function lay(cards, id) {
    cards.replaceChildren(...DOCUMENTS.find((one) => one.id === id).cards.map(card));
}

function card([x, y, tint, title, text]) {
    const made = element('div', 'card');
    made.style.setProperty('--x', x);
    made.style.setProperty('--y', y);
    made.style.setProperty('--tint', tint);
    made.append(element('strong', '', title), text);
    return made;
}

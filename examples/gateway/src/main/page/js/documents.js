import { element } from './look.js';

const DOCUMENTS = [
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

export const FIRST = DOCUMENTS[0].id;

/** @returns {string} the title of the document */
export function titleOf(id) {
    return DOCUMENTS.find((one) => one.id === id)?.title ?? 'another document';
}

/** Offers the documents, as radio buttons: one stop of the Tab key, and arrow keys within. */
export function offer(fieldset, chosen) {
    for (const { id, title } of DOCUMENTS) {
        const label = element('label', '');
        const input = Object.assign(document.createElement('input'), { type: 'radio', name: 'document', value: id });
        input.checked = id === FIRST;
        input.addEventListener('change', () => chosen(id));
        label.append(input, element('span', '', title));
        fieldset.append(label);
    }
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

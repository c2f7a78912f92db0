import { DOCUMENTS } from './documents.js';
import { element, put } from './look.js';

/**
 * The documents as radio buttons: one stop of the Tab key, and arrow keys within. Each shows how many users view it.
 */
export class Tabs {
    #viewers = new Map();

    /** @param {function(string)} chosen called with the id of the document that the user has chosen */
    constructor(fieldset, current, chosen) {
        for (const { id, title } of DOCUMENTS) {
            const input = document.createElement('input');
            Object.assign(input, { type: 'radio', name: 'document', value: id, checked: id === current });
            input.addEventListener('change', () => chosen(id));
            const tab = element('span', 'tab', title);
            const viewers = element('span', 'viewers');
            const words = element('span', 'unseen');
            viewers.ariaHidden = 'true';
            tab.append(viewers, words);
            const label = element('label', '');
            label.append(input, tab);
            fieldset.append(label);
            this.#viewers.set(id, { viewers, words });
        }
    }

    show(users) {
        for (const [id, { viewers, words }] of this.#viewers) {
            const count = users.filter(({ gone, documents }) => !gone && documents.includes(id)).length;
            viewers.hidden = count === 0;
            put(viewers, String(count));
            put(words, count === 1 ? ', 1 user' : `, ${count} users`);
        }
    }
}

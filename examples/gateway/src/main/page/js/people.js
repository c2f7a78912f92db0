import { colourOf, dress, element, nameOf, statusOf } from './look.js';

const SHOWN = { online: 'Online', away: 'Away', busy: 'Busy' };

/** The list of who is here, this window first. Rows are updated in place, so that they do not flicker. */
export class People {
    #list;
    #count;
    #titles;
    #rows = new Map();

    /** @param {function(string): string} titles from a document's id to its title */
    constructor(list, count, titles) {
        this.#list = list;
        this.#count = count;
        this.#titles = titles;
    }

    show(roster, me) {
        const people = [...roster.values()].sort((a, b) => order(a, me) - order(b, me) || nameOf(a).localeCompare(nameOf(b)));
        this.#count.textContent = people.length;
        this.#removeOthers(new Set(people.map((person) => person.$id)));
        people.forEach((person, place) => this.#place(this.#row(person, me), place));
    }

    #removeOthers(ids) {
        for (const [id, row] of this.#rows) {
            if (!ids.has(id)) {
                row.remove();
                this.#rows.delete(id);
            }
        }
    }

    #place(row, place) {
        if (this.#list.children[place] !== row) {
            this.#list.insertBefore(row, this.#list.children[place] ?? null);
        }
    }

    #row(person, me) {
        const row = this.#rows.get(person.$id) ?? this.#make(person);
        const [avatar, name, badge, where] = row.children;
        const status = statusOf(person);
        row.dataset.status = status;
        dress(avatar, nameOf(person));
        name.textContent = nameOf(person);
        if (person.$id === me.personId) {
            name.append(element('span', 'you', ' (you)'));
        }
        badge.dataset.status = status;
        badge.textContent = SHOWN[status];
        where.textContent = this.#whereabouts(person);
        return row;
    }

    #whereabouts({ metadata }) {
        const title = this.#titles(metadata?.documentId);
        return metadata?.editing === true ? `Writing in ${title}` : `In ${title}`;
    }

    #make(person) {
        const row = element('li', 'person');
        row.dataset.id = person.$id;
        row.style.setProperty('--own', colourOf(nameOf(person)));
        row.append(element('span', 'avatar'), element('span', 'name'), element('span', 'badge'), element('span', 'where'));
        row.firstChild.ariaHidden = 'true';
        this.#rows.set(person.$id, row);
        return row;
    }
}

function order(person, me) {
    return person.$id === me.personId ? 0 : 1;
}

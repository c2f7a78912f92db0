import { colourOf, dress, element, put } from './look.js';

const SHOWN = { online: 'Online', away: 'Away', busy: 'Busy' };
const GONE = { left: 'Leaving', lost: 'Not connected' };
const FEW = 8;

/**
 * The list of who is here, this user first. A long one is collapsed. Rows are updated in place, so they do not
 * flicker.
 */
export class People {
    #list;
    #count;
    #more;
    #titles;
    #rows = new Map();
    #users = [];
    #isOpen = false;

    /** @param {function(string): string} titles from a document's id to its title */
    constructor(list, count, more, titles) {
        this.#list = list;
        this.#count = count;
        this.#more = more;
        this.#titles = titles;
        more.addEventListener('click', () => {
            this.#isOpen = !this.#isOpen;
            this.show(this.#users);
        });
    }

    show(users) {
        this.#users = users;
        const shown = this.#isOpen ? users : users.slice(0, FEW);
        put(this.#count, String(users.length));
        this.#removeOthers(new Set(shown.map(({ userId }) => userId)));
        shown.forEach((user, place) => this.#place(this.#row(user), place));
        this.#more.hidden = users.length <= FEW;
        this.#more.ariaExpanded = String(this.#isOpen);
        put(this.#more, this.#isOpen ? 'Show fewer' : `Show ${Math.max(0, users.length - FEW)} more`);
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

    #row(user) {
        const row = this.#rows.get(user.userId) ?? this.#make(user);
        const [avatar, who, badge, where] = row.children;
        const [name, windows] = who.children;
        row.dataset.status = user.gone ? 'gone' : user.status;
        dress(avatar, user.name, user.userId);
        put(name.firstChild, user.name);
        put(name.lastChild, user.isMe ? ' (you)' : '');
        put(windows, user.windows > 1 ? `, ${user.windows} windows` : '');
        badge.dataset.status = user.status;
        put(badge, user.gone ? '' : SHOWN[user.status]);
        put(where, this.#whereabouts(user));
        return row;
    }

    #whereabouts({ gone, documents, writesIn }) {
        if (gone) {
            return GONE[gone];
        }
        const titles = documents.map(this.#titles);
        return writesIn === undefined ? `In ${titles.join(' and ')}` : `Writing in ${this.#titles(writesIn)}`;
    }

    #make({ userId }) {
        const row = element('li', 'person');
        const who = element('span', 'who');
        const name = element('span', 'name');
        row.dataset.id = userId;
        row.style.setProperty('--own', colourOf(userId));
        name.append(element('bdi', ''), element('span', 'you'));
        who.append(name, element('span', 'windows'));
        row.append(element('span', 'avatar'), who, element('span', 'badge'), element('span', 'where'));
        row.firstChild.ariaHidden = 'true';
        this.#rows.set(userId, row);
        return row;
    }
}

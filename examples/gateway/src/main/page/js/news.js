import { isolated, put } from './look.js';
import { subject } from './users.js';

const QUIET = 600;
const LASTS = 15_000;

/** Says who came, left, lost the connection, moved or changed the name. Simultaneous changes are one text. */
export class News {
    #region;
    #titles;
    #known = null;
    #said = [];
    #timer = 0;

    /** @param {function(string): string} titles from a document's id to its title */
    constructor(region, titles) {
        this.#region = region;
        this.#titles = titles;
    }

    /**
     * Says the changes since the last call. The users of the first call are not announced.
     *
     * @param {object[]} users
     * @param {function(string): string} whyGone from the id of a user who has gone to `left` or `lost`
     */
    users(users, whyGone) {
        const now = new Map(users.filter(({ isMe }) => !isMe).map((user) => [user.userId, user]));
        if (this.#known) {
            this.#compare(this.#known, now, whyGone);
        }
        this.#known = now;
    }

    #compare(before, now, whyGone) {
        const came = [...now.values()].filter(({ userId }) => !before.has(userId));
        const gone = [...before.values()].filter(({ userId }) => !now.has(userId));
        const why = new Map(gone.map(({ userId }) => [userId, whyGone(userId)]));
        const reasonIs = (reason) => gone.filter(({ userId }) => why.get(userId) === reason);
        this.#add(sentence(came, 'is here', 'are here'));
        this.#add(sentence(reasonIs('left'), 'left', 'left'));
        this.#add(sentence(reasonIs('lost'), 'lost the connection', 'lost the connection'));
        now.forEach((user) => before.has(user.userId) && this.#changes(before.get(user.userId), user));
    }

    #changes(before, now) {
        const entered = now.documents.filter((id) => !before.documents.includes(id));
        if (entered.length > 0 && now.windows === before.windows) {
            this.#add(`${isolated(now.name)} moved to ${this.#titles(entered[0])}.`);
        }
        if (now.name !== before.name) {
            this.#add(`${isolated(before.name)} is now ${isolated(now.name)}.`);
        }
    }

    #add(sentence) {
        if (sentence) {
            this.#said.push(sentence);
            clearTimeout(this.#timer);
            this.#timer = setTimeout(() => this.#say(), QUIET);
        }
    }

    #say() {
        put(this.#region, this.#said.splice(0).slice(-3).join(' '));
        this.#timer = setTimeout(() => put(this.#region, ''), LASTS);
    }
}

function sentence(users, one, many) {
    return users.length > 0 ? `${subject(users.map(({ name }) => name), one, many)}.` : '';
}

import { inspect } from 'node:util';
import { within } from './deadline.js';

/** The received entries in order, with waits for them. */
export class Journal {
    #entries = [];
    #waiting = new Set();
    #title;

    constructor(title) {
        this.#title = title;
    }

    get all() {
        return [...this.#entries];
    }

    add(entry) {
        this.#entries.push(entry);
        for (const look of [...this.#waiting]) {
            look();
        }
    }

    /** Returns the first entry, come or to come, that a predicate holds for. */
    async first(what, predicate = () => true) {
        return (await this.atLeast(1, what, predicate))[0];
    }

    /** Returns all entries that a predicate holds for, once there are so many. */
    async atLeast(count, what, predicate = () => true) {
        let look;
        const found = new Promise((resolve) => {
            look = () => {
                const some = this.#entries.filter(predicate);
                if (some.length >= count) {
                    resolve(some);
                }
            };
            this.#waiting.add(look);
            look();
        });
        try {
            return await within(found, () => `${what} among ${this.#title}: ${inspect(this.#entries, { depth: 5 })}`);
        } finally {
            this.#waiting.delete(look);
        }
    }
}

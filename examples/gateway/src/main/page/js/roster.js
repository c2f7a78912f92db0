/**
 * The presences that one subscription sees.
 *
 * A list and a subscription are asked for over two connections, so either may be ahead of the other. What events say
 * wins, and the list fills in what no event has spoken of since the subscription was live: an event that is older than
 * the list is followed by those that make up for it, whereas a list that is older than an event is followed by nothing.
 */
export class Roster {
    #present = new Map();
    #told = new Set();
    #changed;

    /** @param {function(Roster)} changed called after each change */
    constructor(changed) {
        this.#changed = changed;
    }

    get size() {
        return this.#present.size;
    }

    has(id) {
        return this.#present.has(id);
    }

    values() {
        return this.#present.values();
    }

    /** A new subscription begins: what is known is kept until the list comes, but is worth no more than the list. */
    restart() {
        this.#told.clear();
    }

    /** What is known is of no use any more. */
    clear() {
        this.#present.clear();
        this.restart();
        this.#changed(this);
    }

    /** Takes an event of the SDK. A delete is a delete whatever its reason: gone, expired, or no longer matching. */
    take({ events, payload }) {
        this.#told.add(payload.$id);
        if (events[0].endsWith('.delete')) {
            this.#present.delete(payload.$id);
        } else {
            this.#present.set(payload.$id, payload);
        }
        this.#changed(this);
    }

    /** Takes the list that was asked for when the subscription was live. */
    settle(listed) {
        const ids = new Set(listed.map((presence) => presence.$id));
        for (const id of this.#present.keys()) {
            if (!this.#told.has(id) && !ids.has(id)) {
                this.#present.delete(id);
            }
        }
        for (const presence of listed) {
            if (!this.#told.has(presence.$id)) {
                this.#present.set(presence.$id, presence);
            }
        }
        this.#changed(this);
    }
}

const GRACE = 3000;

/**
 * The persons that are here, and for a few seconds those that have gone. A window that is reloaded, or finds its way
 * back after a gap, is back within this time, so nothing of it is seen or said.
 */
export class Lingering {
    #ended;
    #here = new Map();
    #gone = new Map();
    #reasons = new Map();
    #why = new Map();

    /** @param {function()} ended called when the time of one that has gone is over */
    constructor(ended) {
        this.#ended = ended;
    }

    /** Called with the roster after each change, and the event if it was one. */
    see(roster, event) {
        if (event) {
            this.#reasons.set(event.payload.$id, event.payload.$reason);
        }
        const all = [...roster.values()];
        const now = new Map(all.filter(({ metadata }) => metadata?.leaving !== true).map((one) => [one.$id, one]));
        const leaving = new Set(all.filter(({ $id }) => !now.has($id)).map(({ $id }) => $id));
        for (const [id, person] of this.#here) {
            if (!now.has(id)) {
                this.#keep(id, person, leaving.has(id));
            }
        }
        now.forEach((person, id) => this.#release(id));
        this.#reasons.clear();
        this.#here = now;
    }

    /** @returns {object[]} all; `gone` of one that is not here is `left` or `lost` */
    values() {
        const gone = [...this.#gone.values()].map(({ person, why }) => ({ ...person, gone: why }));
        return [...this.#here.values(), ...gone];
    }

    /** @returns {string} why the last window of a user has gone: `left` or `lost` */
    whyGone(userId) {
        const why = this.#why.get(userId);
        this.#why.delete(userId);
        return why ?? 'left';
    }

    #keep(id, person, isLeaving) {
        const reason = this.#reasons.get(id);
        const why = isLeaving || reason === 'deleted' ? 'left' : 'lost';
        this.#why.set(person.userId, why);
        if (reason !== 'expired') {
            this.#gone.set(id, { person, why, timer: setTimeout(() => this.#end(id), GRACE) });
        }
    }

    #release(id) {
        clearTimeout(this.#gone.get(id)?.timer);
        this.#gone.delete(id);
    }

    #end(id) {
        this.#gone.delete(id);
        this.#ended();
    }
}

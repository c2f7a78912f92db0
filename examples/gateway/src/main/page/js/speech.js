import { nameOf } from './look.js';

const QUIET = 600;

/** Announces arrivals and departures to screen readers. Simultaneous ones are one sentence. */
export class Speech {
    #region;
    #known = null;
    #said = [];
    #timer = 0;

    constructor(region) {
        this.#region = region;
    }

    /** Announces the changes since the last call. The users of the first call are not announced. */
    people(roster, me, live) {
        const now = new Map([...roster.values()].filter(({ $id }) => !me.owns($id)).map((one) => [one.$id, nameOf(one)]));
        if (live && this.#known) {
            this.#compare(this.#known, now);
        }
        if (live) {
            this.#known = now;
        }
    }

    #compare(before, now) {
        const came = [...now].filter(([id]) => !before.has(id)).map(([, name]) => `${name} is here`);
        const left = [...before].filter(([id]) => !now.has(id)).map(([, name]) => `${name} left`);
        if (came.length + left.length > 0) {
            this.#said.push(...came, ...left);
            clearTimeout(this.#timer);
            this.#timer = setTimeout(() => this.#say(), QUIET);
        }
    }

    #say() {
        this.#region.textContent = `${this.#said.join(', ')}.`;
        this.#said = [];
    }
}

import { nameOf } from './look.js';

const QUIET = 600;

/** Says who came and who left to those who can't see it; what happens at once is said in one sentence. */
export class Speech {
    #region;
    #known = null;
    #said = [];
    #timer = 0;

    constructor(region) {
        this.#region = region;
    }

    /** Tells what changed since the last call; who was there first is no news. */
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

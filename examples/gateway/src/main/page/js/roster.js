/**
 * The presences that are visible to one subscription.
 *
 * A list and a subscription use two connections, so either can be ahead of the other. Events take
 * precedence, and the list adds the presences without an event since the subscription was open. An event that is
 * older than the list is followed by newer events, while a list that is older than an event is not followed by a
 * newer list.
 */
export class Roster {
    #present = new Map();
    #heard = new Set();
    #changed;

    /** @param {function(Roster, object=)} changed called after each change, with its event if it was one */
    constructor(changed) {
        this.#changed = changed;
    }

    values() {
        return this.#present.values();
    }

    /** A new subscription begins. The present entries stay until the list arrives, which then takes precedence. */
    restart() {
        this.#heard.clear();
    }

    /** Removes all entries. */
    clear() {
        this.#present.clear();
        this.restart();
        this.#changed(this);
    }

    /** Called for each event of the SDK. A delete removes the entry whatever its reason. */
    take(event) {
        const { events, payload } = event;
        this.#heard.add(payload.$id);
        if (events[0].endsWith('.delete')) {
            this.#present.delete(payload.$id);
        } else {
            this.#present.set(payload.$id, payload);
        }
        this.#changed(this, event);
    }

    /** Called with the list that was requested when the subscription was open. */
    settle(listed) {
        const ids = new Set(listed.map((presence) => presence.$id));
        for (const id of this.#present.keys()) {
            if (!this.#heard.has(id) && !ids.has(id)) {
                this.#present.delete(id);
            }
        }
        for (const presence of listed) {
            if (!this.#heard.has(presence.$id)) {
                this.#present.set(presence.$id, presence);
            }
        }
        this.#changed(this);
    }
}

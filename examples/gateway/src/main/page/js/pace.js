/**
 * At most one call in an interval, with the newest arguments: what comes faster is merged, and the last is never lost.
 *
 * @param {number} interval milliseconds
 * @param {function} call
 */
export function paced(interval, call) {
    let waiting = null;
    let timer = 0;

    function fire() {
        timer = 0;
        if (waiting !== null) {
            const latest = waiting;
            waiting = null;
            timer = setTimeout(fire, interval);
            call(...latest);
        }
    }

    return (...latest) => {
        waiting = latest;
        if (timer === 0) {
            fire();
        }
    };
}

/**
 * One message on its way at a time: the next waits until the gateway has sent an event of the former, and then is the newest.
 * So a page sends no more than a gateway reads, and what it sends after it does not wait behind a heap of old cursors.
 */
export class OneAtATime {
    #patience;
    #call;
    #timer = 0;
    #waiting = false;

    /**
     * @param {number} patience milliseconds after which an event is no longer waited for
     * @param {function} call sends the newest
     */
    constructor(patience, call) {
        this.#patience = patience;
        this.#call = call;
    }

    send() {
        this.#waiting = true;
        if (this.#timer === 0) {
            this.#fire();
        }
    }

    /** Called when the event of a message has come back. */
    arrived() {
        clearTimeout(this.#timer);
        this.#timer = 0;
        if (this.#waiting) {
            this.#fire();
        }
    }

    #fire() {
        this.#waiting = false;
        this.#timer = setTimeout(() => this.arrived(), this.#patience);
        this.#call();
    }
}

/**
 * At most one call in an interval, with the newest arguments. Faster calls are conflated, and the last one is always
 * made.
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
 * At most one unacknowledged message. The next is sent when the event of the previous one has arrived, with the
 * newest data. So a page sends no more than the gateway reads, and other messages are not delayed by old cursors.
 */
export class OneAtATime {
    #patience;
    #call;
    #timer = 0;
    #waiting = false;

    /**
     * @param {number} patience milliseconds after which the next message is sent without an event
     * @param {function} call sends the newest data
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

    /** Called when the event of a message has arrived. */
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

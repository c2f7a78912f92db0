import { Pulse } from './pulse.js';

const REPORTS_BEFORE_RECONNECT = 2;

/**
 * The state of the socket as the page shows it: `joining`, `live`, `silent` (no answer) or `lost`.
 *
 * The SDK does not report when a subscription is open. But the gateway handles the frames of a socket in order, so
 * once a beat has been answered, the subscriptions sent before it are open.
 */
export class Link {
    #me;
    #pulse;
    #on;
    #state = 'joining';
    #isOpen = false;
    #isInSync = false;
    #awaited = Infinity;

    /**
     * @param {object} on `restart`: called when all that was received is out of date; `ready`: called when the
     *     subscriptions are open; `reconnect`: called when a new socket is needed; `state`: called with each state
     */
    constructor(realtime, me, on) {
        this.#me = me;
        this.#on = on;
        this.#pulse = new Pulse((beat) => me.beat(beat), (reports) => this.#silent(reports));
        realtime.onOpen(() => {
            this.#isOpen = true;
            this.restart();
            this.fence();
        });
        realtime.onClose(() => this.#isOpen && this.close());
    }

    /** The subscriptions of the open socket change. Nothing is done if it is closed. */
    restart() {
        if (this.#isOpen) {
            this.#awaited = Infinity;
            this.#isInSync = false;
            this.#on.restart();
            this.#set('joining');
        }
    }

    /** The changed subscriptions are sent. */
    fence() {
        if (this.#isOpen) {
            this.#awaited = this.#pulse.beat();
        }
    }

    /** The rosters are those of the server. */
    inSync() {
        this.#isInSync = true;
        this.#set('live');
    }

    /** Called for each event of a presence that this window wrote over the socket. */
    heard({ payload }) {
        this.#pulse.heard();
        if (this.#state === 'silent') {
            this.#set(this.#isInSync ? 'live' : 'joining');
        }
        if (payload.metadata?.beat >= this.#awaited) {
            this.#awaited = Infinity;
            this.#me.announce();
            this.#on.ready();
        }
    }

    /** Asks the server now for a sign. */
    check() {
        this.#pulse.hurry();
    }

    /** The socket is closed. */
    close() {
        this.#isOpen = false;
        this.#isInSync = false;
        this.#pulse.stop();
        this.#me.away();
        this.#set('lost');
    }

    /** A half-open socket stays open for ever: neither the browser nor the SDK notices. */
    #silent(reports) {
        this.#set('silent');
        if (reports >= REPORTS_BEFORE_RECONNECT) {
            this.#isOpen = false;
            this.#me.away();
            this.#on.reconnect();
        }
    }

    #set(state) {
        this.#state = state;
        this.#on.state(state);
    }
}

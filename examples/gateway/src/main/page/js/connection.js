import { put } from './look.js';

const TEXTS = {
    joining: 'Joining',
    live: 'Live',
    silent: 'No answer, trying again',
    lost: 'Connection lost, trying again',
};
const OFFLINE = 'You are offline';
const DOWN = ['silent', 'lost'];

/** Shows the state of the connection. A browser without a network says so as soon as the server does not answer. */
export class Connection {
    #shown;
    #state = 'joining';

    /** @param {function()} check called when the browser finds or loses its network */
    constructor(shown, check) {
        this.#shown = shown;
        for (const type of ['online', 'offline']) {
            addEventListener(type, () => {
                check();
                this.show(this.#state);
            });
        }
    }

    get isLive() {
        return this.#state === 'live';
    }

    get isDown() {
        return DOWN.includes(this.#state);
    }

    show(state) {
        this.#state = state;
        this.#shown.dataset.state = state;
        put(this.#shown, this.isDown && !navigator.onLine ? OFFLINE : TEXTS[state]);
    }
}

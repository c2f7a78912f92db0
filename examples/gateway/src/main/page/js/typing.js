import { paced } from './pace.js';
import { ServerTime } from './time.js';

const INTERVAL = 1500;
const LIFETIME = 4000;

/** Says that this window types: a presence with a TTL of a few seconds, which expires when the typing stops. */
export class Typing {
    #server;
    #me;
    #time;
    #send = paced(INTERVAL, () => this.#write());

    constructor(server, me, time) {
        this.#server = server;
        this.#me = me;
        this.#time = time;
    }

    type() {
        this.#send();
    }

    async #write() {
        try {
            await this.#server.presences.upsert({
                presenceId: this.#me.typingId,
                status: 'typing',
                permissions: this.#me.permissions,
                expiresAt: ServerTime.text(this.#time.now() + LIFETIME),
                metadata: this.#me.common('typing'),
            });
        } catch (failed) {
            console.warn('The typing was not published:', failed.message);
        }
    }
}

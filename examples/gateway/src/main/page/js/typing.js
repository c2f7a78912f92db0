import { paced } from './pace.js';
import { ServerTime } from './time.js';

const INTERVAL = 1500;
const LIFETIME = 4000;

/** Says that this window types: a presence with a TTL of a few seconds, which expires when the typing stops. */
export class Typing {
    #server;
    #me;
    #time;
    #end = 0;
    #send = paced(INTERVAL, (documentId) => this.#write(documentId));

    constructor(server, me, time) {
        this.#server = server;
        this.#me = me;
        this.#time = time;
    }

    type() {
        this.#send(this.#me.documentId);
    }

    /** Takes it back before it expires, when the document is left. */
    async stop() {
        if (this.#time.now() >= this.#end) {
            return;
        }
        this.#end = 0;
        try {
            await this.#server.presences.delete({ presenceId: this.#me.typingId });
        } catch (failed) {
            console.warn('The typing was not taken back:', failed.message);
        }
    }

    async #write(documentId) {
        if (documentId !== this.#me.documentId) {
            return;
        }
        this.#end = this.#time.now() + LIFETIME;
        try {
            await this.#server.presences.upsert({
                presenceId: this.#me.typingId,
                status: 'typing',
                permissions: this.#me.permissions,
                expiresAt: ServerTime.text(this.#end),
                metadata: this.#me.common('typing'),
            });
        } catch (failed) {
            console.warn('The typing was not published:', failed.message);
        }
    }
}

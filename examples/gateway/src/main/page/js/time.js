/** The clock of the server, by the time of its newest event. So a wrong clock of this machine moves no deadline. */
export class ServerTime {
    #ahead = 0;

    /** Called with the time of each event. */
    hear(timestamp) {
        const at = Date.parse(timestamp);
        if (Number.isFinite(at)) {
            this.#ahead = at - Date.now();
        }
    }

    /** @returns {number} milliseconds since 1970 */
    now() {
        return Date.now() + this.#ahead;
    }

    /** @returns {string} a time as the API takes it */
    static text(at) {
        return new Date(at).toISOString();
    }
}

const AFTER_ANSWER = 2000;
const AFTER_ANSWER_HIDDEN = 20_000;
const PATIENCE = 2500;
const LONGEST = 40_000;

/**
 * The heartbeat of the socket. Each answer arms the next beat, so there is at most one on its way; a beat without an
 * answer is reported within 4.5 seconds of the last answer, and again after twice the time for each further one.
 *
 * A beat is a write over the socket, and its answer is the event of this write. So an answer proves that the server
 * still reads, writes and delivers; a ping would prove less.
 */
export class Pulse {
    #send;
    #silent;
    #timer = 0;
    #unanswered = 0;
    #isAnswered = false;
    #beat = Date.now();

    /**
     * @param {function(number)} send sends a beat with a number that increases, over a reload too
     * @param {function(number)} silent called when a beat has no answer, with the number of reports since the last
     *     answer
     */
    constructor(send, silent) {
        this.#send = send;
        this.#silent = silent;
        document.addEventListener('visibilitychange', () => this.hurry());
    }

    /** Sends a beat now. @returns {number} its number */
    beat() {
        this.#isAnswered = false;
        this.#arm(() => this.#late(), this.#patience());
        this.#beat++;
        this.#send(this.#beat);
        return this.#beat;
    }

    /** Sends a beat now, unless one is on its way or the socket is closed. */
    hurry() {
        if (this.#timer !== 0 && this.#isAnswered && !document.hidden) {
            this.beat();
        }
    }

    /** Called for each event of a presence of this window. */
    heard() {
        this.#unanswered = 0;
        this.#isAnswered = true;
        this.#arm(() => this.beat(), document.hidden ? AFTER_ANSWER_HIDDEN : AFTER_ANSWER);
    }

    /** Called when the socket is closed. */
    stop() {
        clearTimeout(this.#timer);
        this.#timer = 0;
    }

    #late() {
        this.#unanswered++;
        this.#arm(() => this.#late(), this.#patience());
        this.#silent(this.#unanswered);
    }

    #patience() {
        return Math.min(LONGEST, PATIENCE * 2 ** this.#unanswered);
    }

    #arm(task, time) {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(task, time);
    }
}

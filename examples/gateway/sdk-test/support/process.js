import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { within } from './deadline.js';

/** The commands that start a gateway and the minimal one, without options: JSON lists. */
const COMMAND = JSON.parse(process.env.GATEWAY_COMMAND);
export const MINIMAL_COMMAND = JSON.parse(process.env.MINIMAL_GATEWAY_COMMAND ?? 'null');

/** A gateway in a process of its own, on a given or any free port. */
export class GatewayProcess {
    #child;
    #exit;

    static async start(options, port = 0, command = COMMAND) {
        const [program, ...rest] = command;
        const started = new GatewayProcess(spawn(program, [...rest, '--port', String(port), ...options]));
        started.url = await within(started.#ready(), 'listening on URL');
        return started;
    }

    constructor(child) {
        this.#child = child;
        this.#exit = new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
        this.errors = '';
        child.stderr.on('data', (data) => {
            this.errors += data;
        });
        process.once('exit', () => child.kill('SIGKILL'));
    }

    /** Ends it by SIGTERM, and returns its exit code. */
    async stop() {
        this.#child.kill('SIGTERM');
        return within(this.#exit, 'the end of the gateway');
    }

    async #ready() {
        const lines = createInterface({ input: this.#child.stdout });
        const listening = new Promise((resolve) => {
            lines.on('line', (line) => {
                const found = /^listening on (http:\S+)$/.exec(line);
                if (found) {
                    resolve(found[1]);
                }
            });
        });
        const ended = this.#exit.then(({ code }) => {
            throw new Error(`The gateway ended with code ${code}: ${this.errors}`);
        });
        return Promise.race([listening, ended]);
    }
}

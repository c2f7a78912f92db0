import './browser.js';
import { after, afterEach } from 'node:test';
import * as admin from 'node-appwrite';
import { within } from './deadline.js';
import { GatewayProcess, MINIMAL_COMMAND } from './process.js';
import { sessionsFile } from './sessions.js';
import { User } from './user.js';

const KEY = 'test-key';
const SCOPES = ['--key', `${KEY}=presences.read,presences.write`, '--key', 'read-key=presences.read', '--key', 'write-key=presences.write'];

/** A gateway for the tests of one file. After each test its sockets and presences are removed. */
export class Gateway {
    #users = [];
    #process;
    #fences = 0;

    static async start(...options) {
        const given = ['--sessions', sessionsFile(), '--requests-per-minute', '100000', '--messages-per-minute', '100000',
            '--connects-per-minute', '100000'];
        return Gateway.#of(await GatewayProcess.start([...given, ...SCOPES, ...options]));
    }

    /** The minimal gateway. */
    static async startMinimal() {
        return Gateway.#of(await GatewayProcess.start(['--sessions', sessionsFile(), ...SCOPES], 0, MINIMAL_COMMAND));
    }

    static #of(process) {
        const gateway = new Gateway(process);
        afterEach(() => gateway.#reset());
        after(() => gateway.#process.stop());
        return gateway;
    }

    constructor(process) {
        this.#process = process;
        this.url = process.url;
        this.server = this.serverWith(KEY);
    }

    /** A user of the sessions file. */
    user(name, sdk) {
        return this.withSecret(`${name}-secret`, sdk);
    }

    /** A user with a session. */
    withSecret(secret, sdk) {
        return this.#add(new User(this.url, secret, sdk));
    }

    guest(sdk) {
        return this.#add(new User(this.url, undefined, sdk));
    }

    /** The server SDK with an API key. */
    serverWith(key) {
        return new admin.Presences(new admin.Client().setEndpoint(`${this.url}/v1`).setProject('demo').setKey(key));
    }

    /** Creates a presence that any role may read. */
    present(id, status = 'online', more = {}) {
        return this.server.upsert({ presenceId: id, userId: 'ada', status, permissions: ['read("any")'], ...more });
    }

    /** Waits until all earlier writes are delivered to a user's subscriptions. */
    async fence(user) {
        const id = `fence-${++this.#fences}`;
        const inbox = await user.subscribe(`presences.${id}`);
        await this.present(id);
        await inbox.event(id, 'upsert');
    }

    /** Sends a request without the SDK. */
    fetch(path, { headers = {}, ...options } = {}) {
        const all = { 'X-Appwrite-Project': 'demo', 'Content-Type': 'application/json', ...headers };
        return fetch(`${this.url}${path}`, { headers: all, ...options });
    }

    #add(user) {
        this.#users.push(user);
        return user;
    }

    async #reset() {
        await within(Promise.all(this.#users.splice(0).map((user) => user.leave())), 'the end of the sockets');
        localStorage.clear();
        await within(this.#deleteAll(), 'the end of the presences');
    }

    async #deleteAll() {
        const { presences } = await this.server.list({ queries: [admin.Query.limit(1000)] });
        await Promise.all(presences.map(({ $id }) => this.server.delete({ presenceId: $id }).catch(ignoreGone)));
    }
}

function ignoreGone(error) {
    if (error.code !== 404) {
        throw error;
    }
}

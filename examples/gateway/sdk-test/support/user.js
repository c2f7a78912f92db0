import * as web from 'appwrite';
import { Journal } from './journal.js';

/** Somebody with the web SDK: their session, their lists, their socket. */
export class User {
    errors = new Journal('errors');

    /**
     * @param {string} [secret] of a session; without, a guest
     * @param {object} [sdk] another one than the web's newest
     */
    constructor(url, secret, sdk = web) {
        const { Account, Client, Presences, Realtime } = sdk;
        this.client = new Client().setEndpoint(`${url}/v1`).setProject('demo');
        this.client.setPlatform?.('com.example.app');
        if (secret) {
            this.client.setSession(secret);
        }
        this.account = new Account(this.client);
        this.presences = new Presences(this.client);
        this.realtime = new Realtime(this.client);
        this.realtime.onError((error, code) => this.errors.add({ message: error.message, code }));
    }

    /** The socket that the SDK opened. */
    get socket() {
        return this.realtime.socket;
    }

    /** Opens the socket, by a subscription to a channel where nothing happens. */
    async connect() {
        await this.subscribe('nothing');
        return this.socket;
    }

    /** Subscribes, and waits until the gateway has said so: the SDK's promise comes before. */
    async subscribe(channels, queries) {
        const inbox = new Inbox();
        const made = this.realtime.subscribe(channels, (event) => inbox.add(event), queries);
        inbox.id = [...this.realtime.activeSubscriptions.keys()].at(-1);
        inbox.subscription = await made;
        await this.acknowledged(inbox.id);
        return inbox;
    }

    /** Waits until the gateway has answered so many times that a subscription is in place. */
    async acknowledged(id, times = 1) {
        const told = await this.socket.frames.atLeast(times, `an answer to subscribe ${id}`, ({ type, data }) =>
            type === 'response' && data.to === 'subscribe' && data.subscriptions.some((row) => row.subscriptionId === id));
        return told.at(-1).data.subscriptions.find((row) => row.subscriptionId === id);
    }

    /** Sends a message past the SDK, on its socket. */
    send(message) {
        this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
    }

    /** Waits for the answer to messages of a type. */
    async response(to, times = 1) {
        const told = await this.socket.frames.atLeast(times, `an answer to ${to}`, ({ type, data }) =>
            type === 'response' && data.to === to);
        return told.at(-1).data;
    }

    /** Waits for the whole frame that an event came in, with what the SDK does not hand on. */
    async frame(event) {
        return this.socket.frames.first(`a frame of ${event.events[0]}`, ({ type, data }) =>
            type === 'event' && data.events[0] === event.events[0] && data.payload.$updatedAt === event.payload.$updatedAt);
    }

    async leave() {
        await this.realtime.disconnect();
    }
}

/** The events of one subscription. */
export class Inbox extends Journal {
    constructor() {
        super('events');
    }

    /** Waits for an event by its most specific name, as `upsert` of `p1`. */
    event(id, action) {
        return this.first(`presences.${id}.${action}`, ({ events }) => events[0] === `presences.${id}.${action}`);
    }

    /** The most specific names of all that came. */
    get names() {
        return this.all.map(({ events }) => events[0]);
    }
}

import * as web from 'appwrite';
import { Journal } from './journal.js';

/** A user of the web SDK, with a session, lists and a socket. */
export class User {
    errors = new Journal('errors');

    /**
     * @param {string} [secret] of a session; without, a guest
     * @param {object} [sdk] another SDK than the newest one of the web
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

    /** Opens the socket, by a subscription to a channel without events. */
    async connect() {
        await this.subscribe('nothing');
        return this.socket;
    }

    /** Subscribes, and waits for the answer of the gateway, which comes after the SDK's promise. */
    async subscribe(channels, queries) {
        const inbox = new Inbox();
        const made = this.realtime.subscribe(channels, (event) => inbox.add(event), queries);
        inbox.id = [...this.realtime.activeSubscriptions.keys()].at(-1);
        inbox.subscription = await made;
        await this.acknowledged(inbox.id);
        return inbox;
    }

    /** Waits for the number of answers after which a subscription is open. */
    async acknowledged(id, times = 1) {
        const told = await this.socket.frames.atLeast(times, `an answer to subscribe ${id}`, ({ type, data }) =>
            type === 'response' && data.to === 'subscribe' && data.subscriptions.some((row) => row.subscriptionId === id));
        return told.at(-1).data.subscriptions.find((row) => row.subscriptionId === id);
    }

    /** Sends a message on the socket of the SDK, without the SDK. */
    send(message) {
        this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
    }

    /** Waits for the answer to messages of a type. */
    async response(to, times = 1) {
        const told = await this.socket.frames.atLeast(times, `an answer to ${to}`, ({ type, data }) =>
            type === 'response' && data.to === to);
        return told.at(-1).data;
    }

    /** Waits for the whole frame of an event, with the fields that the SDK drops. */
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

    /** The most specific names of all received events. */
    get names() {
        return this.all.map(({ events }) => events[0]);
    }
}

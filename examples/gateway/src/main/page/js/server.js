/** The part of the SDK that the page uses: a session, lists, and the socket. */

const { Account, Client, ID, Presences, Query, Realtime } = globalThis.Appwrite ?? {};
const PAGE = 100;
const PATIENCE = 3000;

export { ID, Query };

/**
 * Ends each request of the SDK that is not answered in time, and with it its connection. Otherwise the requests on
 * connections that are half-open have no end, and occupy the few that a browser opens.
 */
const fetchWithoutEnd = globalThis.fetch;
globalThis.fetch = (input, init) => fetchWithoutEnd(input, { signal: AbortSignal.timeout(PATIENCE), ...init });

export class Server {
    /** @param {URLSearchParams} options `project`, and `session` for a secret of the gateway's sessions file */
    constructor(options) {
        this.client = new Client()
            .setEndpoint(`${location.origin}/v1`)
            .setProject(options.get('project') ?? 'demo');
        if (options.has('session')) {
            this.client.setSession(options.get('session'));
        }
        this.account = new Account(this.client);
        this.presences = new Presences(this.client);
        this.realtime = new Realtime(this.client);
    }

    /** Uses the session of this browser, or creates an anonymous one. */
    async enter() {
        try {
            return await this.account.get();
        } catch (refused) {
            if (refused.code !== 401) {
                throw refused;
            }
            await this.account.createAnonymousSession();
            return this.account.get();
        }
    }

    /** @returns {Promise<object[]>} all presences that match, page by page */
    async list(queries) {
        const all = [];
        let page;
        do {
            const after = all.length > 0 ? [Query.cursorAfter(all[all.length - 1].$id)] : [];
            page = await this.presences.list({ queries: [...queries, Query.limit(PAGE), ...after], total: false });
            all.push(...page.presences);
        } while (page.presences.length === PAGE);
        return all;
    }
}

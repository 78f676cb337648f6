// Answers questions about signed requests and webhooks, one JSON document a line, with what two public libraries say.
import { createInterface } from "node:readline";
import { httpbis, createSigner, createVerifier } from "http-message-signatures";
import { Webhook } from "standardwebhooks";

const answers = {
    // Signs a request; says the three fields.
    async sign({ request, fields, keyid, nonce, created, algorithm, key }) {
        const signed = await httpbis.signMessage(
            {
                key: { ...createSigner(key, algorithm, keyid), id: keyid },
                name: "sig",
                fields,
                params: ["created", "keyid", "nonce"],
                paramValues: { created: new Date(created * 1000), keyid, nonce },
            },
            request,
        );
        return signed.headers;
    },
    // Verifies one.
    async verify({ request, keyid, algorithm, key }) {
        const verifier = createVerifier(key, algorithm);
        const found = { id: keyid, algs: [algorithm], verify: verifier };
        return await httpbis.verifyMessage({ keyLookup: async () => found }, request);
    },
    async send({ secret, id, created, body }) {
        return new Webhook(secret).sign(id, new Date(created * 1000), body);
    },
    async receive({ secret, headers, body }) {
        new Webhook(secret).verify(body, headers);
        return true;
    },
};

for await (const line of createInterface({ input: process.stdin })) {
    const question = JSON.parse(line);
    let answer;
    try {
        answer = { yes: await answers[question.ask](question) };
    } catch (error) {
        answer = { no: String(error.message ?? error) };
    }
    process.stdout.write(JSON.stringify(answer) + "\n");
}

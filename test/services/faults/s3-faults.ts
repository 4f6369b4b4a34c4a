import { fullBacklog, webServer } from "../../support/strange-servers.ts";
import { planted } from "../../support/planted.ts";
import type { Fault } from "./fault.ts";
import type { S3Lab } from "./s3-lab.ts";

export const s3Faults: readonly Fault<S3Lab>[] = [
  {
    name: "the store's name is wrong",
    make: (lab) => ({ env: lab.env({}, { "s3.endpoint": "https://s3.nowhere.invalid" }) }),
    code: "bucket/unknown-host",
    hint: "correct the name",
  },
  {
    name: "the bucket has no name of its own",
    make: (lab) => ({
      env: lab.env({}, { "s3.endpoint": "https://nowhere.invalid", "s3.path.style.access": "false" }),
    }),
    code: "bucket/unknown-host",
    hint: "s3.path.style.access",
  },
  {
    name: "nothing listens on the store's port",
    make: (lab) => ({ env: lab.env({}, { "s3.endpoint": "https://localhost:1" }) }),
    code: "bucket/refused",
    hint: "start the store",
  },
  {
    name: "a firewall drops what goes to the store",
    make: async (lab) => {
      const server = await fullBacklog();
      return {
        env: lab.env({}, { "s3.endpoint": `https://127.0.0.1:${server.port}` }),
        undo: () => server.stop(),
      };
    },
    code: "bucket/silent",
    hint: "open port",
  },
  {
    name: "http to a store with TLS",
    make: (lab) => ({ env: lab.env({}, { "s3.endpoint": lab.server.url.replace("https:", "http:") }) }),
    code: "bucket/needs-tls",
    hint: "https://",
  },
  {
    name: "https to a store without TLS",
    make: async (lab) => {
      const server = await webServer("{}");
      return { env: lab.env({}, { "s3.endpoint": `https://localhost:${server.port}` }), undo: () => server.stop() };
    },
    code: "bucket/no-tls",
    hint: "a port with TLS",
  },
  {
    name: "something else than a store answers",
    make: async (lab) => {
      const server = await webServer("<html>hello</html>");
      return { env: lab.env({}, { "s3.endpoint": `http://localhost:${server.port}` }), undo: () => server.stop() };
    },
    code: "bucket/unexpected-answer",
    hint: "an S3 server",
  },
  {
    name: "the store's CA is not trusted",
    make: (lab) => ({ env: lab.env({ S3_SSL_CA_DIR: lab.foreignCa.folder }) }),
    code: "peer/untrusted",
    hint: "S3_SSL_CA_DIR",
  },
  {
    name: "the access key is unknown",
    make: (lab) => ({ env: lab.env({}, {}, { id: "AKIAIOSFODNN7EXAMPLE", secret: `${planted}-secret` }) }),
    code: "bucket/unknown-key",
    hint: "s3.access-key",
  },
  {
    name: "the secret key is wrong",
    make: (lab) => ({ env: lab.env({ S3_SECRET: `${planted}-wrong` }) }),
    code: "bucket/wrong-key",
    hint: "the secret key that belongs to s3.access-key",
  },
  {
    name: "the user may not list the bucket",
    make: (lab) => ({ env: lab.env({}, {}, lab.server.stranger) }),
    code: "bucket/denied",
    hint: "s3:ListBucket",
  },
  {
    name: "the bucket is not there",
    make: (lab) => ({ env: lab.env({}, { "execution.checkpointing.dir": "s3://elsewhere/checkpoints" }) }),
    code: "bucket/no-bucket",
    hint: "create it",
  },
];

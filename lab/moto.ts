import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { request as httpsRequest, type RequestOptions } from "node:https";
import { join } from "node:path";
import { execa, ExecaError } from "execa";
import { cachedFolder, cacheFolder } from "../test/support/cached-folder.ts";
import { NotAvailable } from "../test/support/flink-home.ts";
import { freePorts } from "../testkit/free-ports.ts";
import { withProgress } from "../test/support/progress.ts";
import { ServerProcess } from "./server-process.ts";

const version = "5.2.5";
const packages = [`moto[s3]==${version}`, "flask==3.1.3", "flask-cors==6.0.5", "werkzeug==3.1.9"];

export interface MotoOptions {
  readonly folder: string;
  /** PEM files, and the CA that issued them. */
  readonly certificate: { readonly crt: string; readonly key: string; readonly ca: string };
}

/** An access key of a user. */
export interface AccessKey {
  readonly id: string;
  readonly secret: string;
}

/** moto, a server with the API of S3 and IAM, which verifies signatures and policies. */
export class MotoServer {
  readonly url: string;
  readonly process: ServerProcess;
  /** May read and write the buckets. */
  readonly user: AccessKey;
  /** May do nothing. */
  readonly stranger: AccessKey;

  private constructor(url: string, process: ServerProcess, user: AccessKey, stranger: AccessKey) {
    this.url = url;
    this.process = process;
    this.user = user;
    this.stranger = stranger;
  }

  /**
   * Starts the server with a bucket and two users.
   * @throws NotAvailable without Python or PyPI
   */
  static async start({ folder, certificate }: MotoOptions, bucket: string): Promise<MotoServer> {
    const python = await motoPython();
    mkdirSync(folder, { recursive: true });
    const [port = 0] = await freePorts(1);
    const url = `https://localhost:${port}`;
    const server = await ServerProcess.start(
      {
        name: "moto",
        command: python,
        args: [
          "-m",
          "moto.server",
          "-H",
          "127.0.0.1",
          "-p",
          String(port),
          "-c",
          certificate.crt,
          "-k",
          certificate.key,
        ],
        env: { INITIAL_NO_AUTH_ACTION_COUNT: "6" },
        cwd: folder,
        log: join(folder, "moto.log"),
      },
      async (process) => process.said().includes("Running on"),
    );
    const ca = readFileSync(certificate.ca);
    const user = await createUser("flink", url, ca);
    const stranger = await createUser("stranger", url, ca);
    const statement = { Effect: "Allow", Action: "s3:*", Resource: "*" };
    const policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await askIam({ Action: "PutUserPolicy", UserName: "flink", PolicyName: "all", PolicyDocument: policy }, url, ca);
    await request(`${url}/${bucket}`, { method: "PUT", ca });
    return new MotoServer(url, server, user, stranger);
  }

  async stop(): Promise<void> {
    await this.process.stop();
  }
}

async function createUser(UserName: string, url: string, ca: Buffer): Promise<AccessKey> {
  await askIam({ Action: "CreateUser", UserName }, url, ca);
  const answer = await askIam({ Action: "CreateAccessKey", UserName }, url, ca);
  const [, id = ""] = /<AccessKeyId>(\w+)</.exec(answer) ?? [];
  const [, secret = ""] = /<SecretAccessKey>([^<]+)</.exec(answer) ?? [];
  return { id, secret };
}

function askIam(action: Readonly<Record<string, string>>, url: string, ca: Buffer): Promise<string> {
  // The service is read from the scope; the signature is not looked at yet.
  const scope = "AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=x";
  const body = new URLSearchParams({ ...action, Version: "2010-05-08" }).toString();
  return request(
    url,
    { method: "POST", ca, headers: { authorization: scope, "content-type": "application/x-www-form-urlencoded" } },
    body,
  );
}

/** @throws Error for a status other than 200 */
function request(url: string, options: RequestOptions, body = ""): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = httpsRequest(url, options, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => {
        const answer = Buffer.concat(parts).toString();
        if (response.statusCode === 200) resolve(answer);
        else reject(new Error(`moto answers with ${response.statusCode}: ${answer}`));
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** A Python with moto, in the cache. */
async function motoPython(): Promise<string> {
  const isWhole = (folder: string) => existsSync(join(folder, "bin", "python3"));
  try {
    const folder = await cachedFolder(cacheFolder(process.env), `moto-${version}`, isWhole, async (work) => {
      const environment = join(work, "python");
      await withProgress(`fetching moto ${version} from PyPI`, async () => {
        await execa("python3", ["-m", "venv", environment]);
        await execa(join(environment, "bin", "pip"), ["install", "--quiet", ...packages]);
      });
      return environment;
    });
    return join(folder, "bin", "python3");
  } catch (error) {
    if (!(error instanceof ExecaError)) throw error;
    throw new NotAvailable(`moto: ${error.shortMessage}`, "install Python 3 with venv, and check the network", {
      cause: error,
    });
  }
}

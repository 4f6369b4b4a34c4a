import type { Finding } from "../../../core/findings/findings.ts";
import { type Address, addressText, type Connection, NetworkFailure } from "../../../core/system/network.ts";
import type { ProbeContext } from "../../../core/feature/probe.ts";
import { FormatError } from "../../../formats/format-error.ts";
import {
  connectionHeader,
  type HadoopAuth,
  type HadoopReply,
  initiateRequest,
  negotiateRequest,
  readHadoopReply,
  SaslState,
} from "./rpc.ts";
import { splitPrincipal } from "../../../formats/kerberos/message-parts.ts";
import { kerberosClient } from "../../../preflight/kerberos/client.ts";
import type { KeytabLogin } from "../../../preflight/kerberos/login.ts";
import { canonicalNames, presentTicket, serviceHost } from "../../../preflight/kerberos/present-ticket.ts";
import type { ServerFound } from "../../../preflight/partly-reachable.ts";
import { unreachable } from "../../../preflight/unreachable.ts";
import { namenodeProblems } from "./problems.ts";

const { problem } = namenodeProblems;
const largest = 1024 * 1024;

/** Whom a client with Kerberos expects, and how it logs in. */
interface KerberosExpectation {
  /** The NameNodes' principal. It may have `_HOST` for a host. */
  readonly principal: string;
  readonly login: KeytabLogin;
}

/** The NameNodes of one file system; more than one form a name service. */
export interface HdfsFileSystem {
  readonly where: readonly string[];
  readonly nodes: readonly Address[];
  /** Undefined: the client does not authenticate. `unknown`: the plan has problems. */
  readonly kerberos: KerberosExpectation | "unknown" | undefined;
}

/** The conversation with one NameNode, until it accepts or refuses the client. */
export class NamenodeSession {
  readonly #fileSystem: HdfsFileSystem;
  readonly #address: Address;
  readonly #context: ProbeContext;
  readonly #where: readonly string[];

  constructor(fileSystem: HdfsFileSystem, address: Address, context: ProbeContext) {
    this.#fileSystem = fileSystem;
    this.#address = address;
    this.#context = context;
    this.#where = [...fileSystem.where, addressText(address)];
  }

  async check(): Promise<ServerFound> {
    let connection: Connection | undefined;
    try {
      connection = await this.#context.network.connect(this.#address);
      connection.send(Buffer.concat([connectionHeader, negotiateRequest()]));
      return { findings: await this.#negotiated(connection, await receive(connection)) };
    } catch (error) {
      if (error instanceof FormatError) return { findings: [this.#notHadoop(error.message)] };
      if (!(error instanceof NetworkFailure)) throw error;
      const place = { where: this.#fileSystem.where, address: this.#address };
      const found = unreachable(problem, "the NameNode", place, error);
      return found === undefined
        ? { findings: [this.#notHadoop(error.message)] }
        : { findings: [], unreachable: found };
    } finally {
      connection?.close();
    }
  }

  async #negotiated(connection: Connection, reply: HadoopReply): Promise<readonly Finding[]> {
    if (reply.kind === "error") return [this.#notHadoop(`${reply.exception}: ${reply.message}`)];
    const { kerberos } = this.#fileSystem;
    if (kerberos === "unknown") return [];
    const isSimple = reply.state === SaslState.success || reply.auths.some(({ method }) => method === "SIMPLE");
    const auth = reply.auths.find(({ method }) => method === "KERBEROS");
    if (kerberos === undefined) {
      if (isSimple) return [this.#info("takes clients without Kerberos")];
      const hint = "set HDFS_KERBEROS_ENABLED=true and KERBEROS_ENABLED=true";
      return [problem("needs-kerberos", this.#where, "it takes only clients with Kerberos, and that is not set", hint)];
    }
    if (auth === undefined) {
      const hint = "unset HDFS_KERBEROS_ENABLED, or turn Kerberos on in the NameNode";
      return [problem("no-kerberos", this.#where, "it does not use Kerberos, and HDFS_KERBEROS_ENABLED is true", hint)];
    }
    return this.#byTicket(connection, auth, kerberos);
  }

  async #byTicket(
    connection: Connection,
    auth: HadoopAuth,
    { principal, login }: KerberosExpectation,
  ): Promise<readonly Finding[]> {
    const own = `${auth.protocol}/${auth.serverId}`;
    const { name, realm } = splitPrincipal(principal);
    if (!(await this.#names(name)).includes(own.toLowerCase())) {
      const hint = `set HDFS_NAMENODE_PRINCIPAL to ${auth.protocol}/_HOST@${realm}, or to ${own}@${realm}`;
      return [problem("other-principal", this.#where, `it is ${own}, and ${principal} is expected`, hint)];
    }
    if (realm !== splitPrincipal(login.principal).realm) {
      return [this.#info(`${own} is of another realm than ${login.principal}; its ticket was not tried`)];
    }
    const { network } = this.#context;
    const hint = `set HDFS_NAMENODE_PRINCIPAL to the NameNode's principal, or add ${own} to the KDC`;
    const { ticket, findings } = await kerberosClient(network).ticket({ ...login, where: this.#where }, own, hint);
    if (ticket === undefined) return findings;
    connection.send(initiateRequest(auth, presentTicket(ticket, network)));
    const reply = await receive(connection);
    const kvno = `kvno ${ticket.serviceKvno ?? "unknown"}`;
    if (reply.kind === "sasl") return [this.#info(`takes the ticket for ${own}, ${kvno}`)];
    const text = `it does not take the ticket for ${own}, ${kvno}: ${reply.message}`;
    const mend = "write the NameNode's keytab again with ktadd, and restart it; klist -k shows its kvno";
    return [problem("ticket-refused", this.#where, text, mend)];
  }

  /** What Hadoop makes of `_HOST`: the canonical name of the address that the host has, in lower case. */
  async #names(name: string): Promise<readonly string[]> {
    const host = serviceHost(this.#address);
    const others = name.includes("_HOST") ? await canonicalNames(host, this.#context.network) : [];
    return [host, ...others].map((each) => name.replace("_HOST", each).toLowerCase());
  }

  #info(text: string): Finding {
    return { level: "info", where: this.#where, text };
  }

  #notHadoop(text: string): Finding {
    const hint = "name the NameNode's RPC port, which is 8020 as a rule; 9870 is its web page";
    return problem("not-hadoop", this.#where, text, hint);
  }
}

async function receive(connection: Connection): Promise<HadoopReply> {
  const length = Buffer.from(await connection.read(4)).readInt32BE();
  if (length < 2 || length > largest) {
    throw new FormatError("the server did not answer with Hadoop RPC", "name a NameNode's host and RPC port");
  }
  return readHadoopReply(await connection.read(length));
}

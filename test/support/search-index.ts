import { readFileSync } from "node:fs";
import { request } from "node:https";

/** How to ask a search server. */
export interface SearchAccess {
  readonly url: string;
  /** A file of PEM. */
  readonly ca: string;
  readonly user: string;
  readonly password: string;
}

interface Found {
  readonly hits: { readonly hits: readonly { readonly _id: string; readonly _source: unknown }[] };
}

/** All documents of an index by id, at most 10,000; none where there is no such index. */
export async function indexedDocuments(access: SearchAccess, index: string): Promise<ReadonlyMap<string, unknown>> {
  await get(access, `/${index}/_refresh?ignore_unavailable=true`);
  const { hits } = (await get(access, `/${index}/_search?size=10000&ignore_unavailable=true`)) as Found;
  return new Map(hits.hits.map(({ _id, _source }) => [_id, _source]));
}

function get({ url, ca, user, password }: SearchAccess, path: string): Promise<unknown> {
  const options = { auth: `${user}:${password}`, ca: readFileSync(ca), agent: false };
  return new Promise((resolve, reject) => {
    const asked = request(`${url}${path}`, options, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => (body += text));
      response.once("error", reject);
      response.once("end", () => {
        if (response.statusCode === 200) resolve(JSON.parse(body));
        else reject(new Error(`GET ${path}: ${response.statusCode} ${body.slice(0, 300)}`));
      });
    });
    asked.once("error", reject);
    asked.end();
  });
}

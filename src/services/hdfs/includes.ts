import { FormatError } from "../../formats/format-error.ts";
import type { Include } from "./site/site-parser.ts";
import { readingFailure } from "../../core/system/reading-failure.ts";
import type { System } from "../../core/system/system.ts";

/** Of one file, with those that they include: each may include two others, and so on. */
const most = 1000;

/**
 * Finds what a file of a folder includes, as Hadoop 3.4.3 does (Configuration.Parser.handleInclude): a path counts from the folder of the
 * first file on, also in a file that is included. Hadoop looks for the same name on the class path before.
 */
export function includesOf(folder: string, system: System): Include {
  let count = 0;
  return (href) => {
    count += 1;
    if (count > most) throw new FormatError(`more than ${most} files are included`, "include each file once");
    const path = pathOf(href, folder);
    const read = system.readFile(path);
    if (read.kind === "missing" || read.kind === "not-directory") return undefined;
    if (read.kind === "file") return { path, bytes: read.bytes };
    const { text, hint } = readingFailure(read.kind);
    throw new FormatError(`${path}: ${text}`, hint);
  };
}

function pathOf(href: string, folder: string): string {
  const local = /^file:(?:\/\/(?:localhost)?)?(\/[^?#%]*)$/i.exec(href)?.[1];
  if (local !== undefined) return local;
  const hint = "include a file by its path, or write its properties into this file";
  if (href === "" || /^(?:file|jar|jrt|https?|ftp|mailto):/i.test(href))
    throw new FormatError(`${JSON.stringify(href)} is not read`, hint);
  return href.startsWith("/") ? href : `${folder}/${href}`;
}

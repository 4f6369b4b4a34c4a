type Damage = (bytes: Buffer) => string | Uint8Array;

const text = (change: (text: string) => string): Damage => {
  return (bytes) => change(bytes.toString("latin1"));
};

/** What happens to files on their way into a Secret. */
export const damages: Readonly<Record<string, Damage>> = {
  unclosed: text((pem) => pem.replace(/-----END [A-Z ]+-----\n/, "")),
  "last-unclosed": text((pem) => pem.replace(/-----END [A-Z ]+-----\n$/, "")),
  headless: text((pem) => pem.replace(/-----BEGIN [A-Z ]+-----\n/, "")),
  "four-hyphens": text((pem) => pem.replaceAll("-----BEGIN", "----BEGIN")),
  "one-line": text((pem) => pem.trimEnd().replaceAll("\n", " ")),
  "escaped-newlines": text((pem) => pem.replaceAll("\n", "\\n")),
  "strange-character": text((pem) => pem.replace(/\n(.{20})./, "\n$1*")),
  "missing-line": text((pem) => pem.split("\n").toSpliced(2, 1).join("\n")),
  "mislabelled-end": text((pem) => pem.replace("END CERTIFICATE", "END TRUSTED CERTIFICATE")),
  windows: text((pem) => pem.replaceAll("\n", "\r\n")),
  base64: (bytes) => bytes.toString("base64"),
  half: (bytes) => bytes.subarray(0, bytes.length / 2),
  "flipped-bit": (bytes) => {
    const copy = Buffer.from(bytes);
    const middle = Math.floor(copy.length / 2);
    copy[middle] = (copy[middle] ?? 0) ^ 1;
    return copy;
  },
  // What a tool makes of a binary file that it takes for text.
  "as-utf8": (bytes) => bytes.toString("utf8"),
};

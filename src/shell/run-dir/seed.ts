import { hkdfSync, randomBytes } from "node:crypto";

/** The run dir's secret from which store passwords, salts and IVs are derived (RFC 5869), so that applying twice changes nothing. */
export class Seed {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  static readonly size = 32;

  static random(): Seed {
    return new Seed(randomBytes(Seed.size));
  }

  /** `length` bytes, the same for the same label. */
  derive(label: string, length: number): Uint8Array {
    return new Uint8Array(hkdfSync("sha256", this.bytes, "sluice", label, length));
  }

  /** 256 bits in base64url. */
  password(label: string): string {
    return Buffer.from(this.derive(`password ${label}`, 32)).toString("base64url");
  }
}

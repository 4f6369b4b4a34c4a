/** What an MIT KDC, and those who ask it, are configured from. */
export interface KdcConfiguration {
  /** Where its database is, and its log. */
  readonly folder: string;
  readonly realm: string;
  /** By which others find it. */
  readonly host: string;
  /** Where it listens, if that is another address. */
  readonly bindAddress?: string;
  readonly port: number;
  /** As kdc.conf takes it, such as `60s` or `8h`. */
  readonly ticketLifetime?: string | undefined;
  /** Whether it takes UDP, too. */
  readonly udp?: boolean | undefined;
  /** Encryption types of the keys it makes, as kdc.conf takes them. */
  readonly encryptionTypes?: string | undefined;
  /** Where its database module is, if not where it looks. */
  readonly databaseModules?: string | undefined;
}

/** Where the KDC writes whom it gave tickets to. */
export function kdcLog(folder: string): string {
  return `${folder}/krb5kdc.log`;
}

/** A krb5.conf by which MIT's programs and servers in Java find the KDC. */
export function krb5Conf({ folder, realm, host, port }: KdcConfiguration): string {
  return `[libdefaults]
    default_realm = ${realm}
    dns_lookup_kdc = false
    dns_lookup_realm = false
    dns_canonicalize_hostname = false
    rdns = false
    udp_preference_limit = 1
[realms]
    ${realm} = {
        kdc = ${host}:${port}
    }
[domain_realm]
    localhost = ${realm}
[logging]
    kdc = FILE:${kdcLog(folder)}
`;
}

/** The KDC's own kdc.conf. */
export function kdcConf(configuration: KdcConfiguration): string {
  const { folder, realm, host, bindAddress = host, port, udp = false, databaseModules } = configuration;
  const { ticketLifetime = "10h", encryptionTypes = "aes256-cts-hmac-sha1-96:normal aes128-cts-hmac-sha1-96:normal" } =
    configuration;
  return `[kdcdefaults]
    kdc_listen = ${udp ? `${bindAddress}:${port}` : '""'}
    kdc_tcp_listen = ${bindAddress}:${port}
${databaseModules === undefined ? "" : `[dbmodules]\n    db_module_dir = ${databaseModules}\n`}[realms]
    ${realm} = {
        database_name = ${folder}/principal
        key_stash_file = ${folder}/stash
        acl_file = ${folder}/kadm5.acl
        max_life = ${ticketLifetime}
        max_renewable_life = 7d
        supported_enctypes = ${encryptionTypes}
        default_principal_flags = +preauth
    }
`;
}

#!/usr/bin/env bash
# Makes the realm's database and the keytabs where there are none, and becomes the KDC.
set -euo pipefail
realm="${REALM:?}"
cat > /etc/krb5.conf <<CONF
[libdefaults]
  default_realm = $realm
  dns_lookup_realm = false
  dns_lookup_kdc = false
  rdns = false
[realms]
  $realm = {
    kdc = kdc:88
  }
CONF
mkdir -p /etc/krb5kdc
cat > /etc/krb5kdc/kdc.conf <<CONF
[kdcdefaults]
  kdc_ports = 88
  kdc_tcp_ports = 88
[realms]
  $realm = {
    database_name = /var/lib/krb5kdc/principal
    key_stash_file = /var/lib/krb5kdc/stash
    supported_enctypes = aes256-cts-hmac-sha1-96:normal aes128-cts-hmac-sha1-96:normal
    max_life = 10h
  }
CONF

# keytab FILE PRINCIPAL UID
keytab() {
  if [[ -e $1 ]]; then return; fi
  kadmin.local -q "addprinc -randkey $2" > /dev/null
  kadmin.local -q "ktadd -norandkey -k $1.new $2" > /dev/null
  chown "$3" "$1.new"
  mv "$1.new" "$1"
}

if [[ ! -e /var/lib/krb5kdc/stash ]]; then
  password="$(head -c 24 /dev/urandom | base64)"
  printf '%s\n%s\n' "$password" "$password" | kdb5_util create -s -r "$realm" > /dev/null 2>&1
fi
keytab /keytabs/flink/krb5.keytab flink 9999
keytab /keytabs/kafka/kafka.keytab kafka/kafka 1000
cp /etc/krb5.conf /keytabs/kafka/krb5.conf
exec krb5kdc -n

#!/usr/bin/env bash
# For compose.yaml: makes certificates and passwords below /secrets, a folder for each service, once. Runs as root in the image.
set -euo pipefail
cd /secrets
if [[ -e flink/complete ]]; then exit 0; fi

authority="$(mktemp -d)/ca"
rm -rf flink/* kafka/* elasticsearch/*

sluice certs --out flink/internal --store none
sluice certs --out flink/rest --store none --name flink.rest --san jobmanager,localhost,127.0.0.1
sluice certs --out "$authority" --ca --name "Laptop CA"
sluice certs --sign-with "$authority" --out kafka --name kafka --san kafka,localhost
sluice certs --sign-with "$authority" --out elasticsearch --store none --name elasticsearch --san elasticsearch,localhost
for service in kafka elasticsearch; do
  mkdir "flink/$service"
  cp "$authority/ca.crt" "flink/$service/"
done

mkdir flink/passwords
head -c 24 /dev/urandom | base64 | tr -d '\n' > elasticsearch/password
cp elasticsearch/password flink/passwords/elasticsearch
# Elasticsearch takes a password from no file that others may read.
chmod 0400 elasticsearch/password flink/passwords/elasticsearch

chown -R 9999:9999 flink
chown -R 1000:0 kafka elasticsearch
touch flink/complete

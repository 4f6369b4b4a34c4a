#!/usr/bin/env bash
# What the official image's entrypoint does where a ConfigMap is mounted: its helpers run, what they would write is lost, and
# Flink starts from what is mounted.
parser() { "$FLINK_HOME/bin/config-parser-utils.sh" "$FLINK_HOME/conf" "$FLINK_HOME/bin" "$FLINK_HOME/lib" "$@"; }
parser "-Djobmanager.rpc.address=$JOB_MANAGER_RPC_ADDRESS" -Dblob.server.port=6124 -Dquery.server.port=6125
parser ""
command=$1
shift
exec "$FLINK_HOME/bin/$command.sh" start-foreground "$@"

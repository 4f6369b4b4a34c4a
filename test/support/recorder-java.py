#!/usr/bin/python3 -IS
"""Stands in for java under Flink's scripts: runs their helper JVMs, and writes down what the last one would have been."""
import json, os, sys

arguments = sys.argv[1:]
if any("BashJavaUtils" in argument for argument in arguments):
    os.execv(os.environ["RECORDER_JAVA"], ["java", *arguments])
if "-XshowSettings:properties" in arguments:
    print(f"    java.specification.version = {os.environ['RECORDER_JAVA_VERSION']}", file=sys.stderr)
    sys.exit(0)
files = [os.readlink(f"/proc/self/fd/{fd}") for fd in (1, 2)]
record = {"path": sys.argv[0], "args": arguments, "env": dict(os.environ), "stdout": files[0], "stderr": files[1]}
with open(os.environ["RECORDER_FILE"], "w") as file:
    json.dump(record, file)

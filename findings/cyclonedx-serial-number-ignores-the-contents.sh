#!/usr/bin/env bash
# CycloneDX Maven plugin 2.9.3: two lists of parts that differ have the same serial number and the same version.
#
# A user may expect: the serial number is the identity of a list. It is random; or, if project.build.outputTimestamp
# asks for a reproducible build, it is a hash of what the list says. So another dependency gives another number.
#
# Seen: the number stays the same when a dependency is added, when its version changes, and when the time changes. It
# changes with the version of the project. Without outputTimestamp it is another number, but not a random one: it is
# the same for the next build too. The field "version", which is there to count the revisions under one serial number,
# is 1 in every list.
#
# What follows: what refers to a list by serial number and version, as a BOM-Link or a VEX document does, refers to all
# builds of a snapshot at once, and to both builds if a release is built again with another dependency. Keep the hash
# of the file beside it.
set -euo pipefail
readonly plugin=2.9.3
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

# list VERSION TIME [JSPECIFY]: writes the list of parts of a project and prints its serial number.
list() {
  local time="<project.build.outputTimestamp>$2</project.build.outputTimestamp>" dependency=''
  [[ -n $2 ]] || time=''
  [[ -z ${3:-} ]] || dependency="<dependency><groupId>org.jspecify</groupId><artifactId>jspecify</artifactId>
    <version>$3</version></dependency>"
  cat > pom.xml <<POM
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>$1</version>
  <properties>$time</properties>
  <dependencies>$dependency</dependencies>
</project>
POM
  rm -rf target
  mvn -q -B "org.cyclonedx:cyclonedx-maven-plugin:$plugin:makeBom" > mvn.log 2>&1 || { tail -n 5 mvn.log >&2; exit 2; }
  [[ -z ${3:-} ]] || grep -q "pkg:maven/org.jspecify/jspecify@$3" target/bom.json || exit 2
  sed -n 's/^  "serialNumber" : "\(.*\)",/\1/p' target/bom.json
}

# compare NAME NUMBER: whether the number is that of the first list, and the version of the last list
compare() {
  local same=other
  [[ $2 != "$first" ]] || same=same
  echo "$1: $same serial number, version $(sed -n 's/^  "version" : \(.*\),/\1/p' target/bom.json)"
}

readonly morning=2026-01-01T08:00:00Z evening=2026-01-01T20:00:00Z
first=$(list 1-SNAPSHOT $morning)
{
  compare 'built again' "$(list 1-SNAPSHOT $morning)"
  compare 'a dependency more' "$(list 1-SNAPSHOT $morning 0.3.0)"
  compare 'the dependency in another version' "$(list 1-SNAPSHOT $morning 1.0.0)"
  compare 'another time' "$(list 1-SNAPSHOT $evening)"
  compare 'another version of the project' "$(list 1 $morning)"
  without=$(list 1-SNAPSHOT '')
  compare 'without a time' "$without"
  first=$without
  compare 'without a time, with a dependency more' "$(list 1-SNAPSHOT '' 0.3.0)"
} > seen
cat seen
diff seen - <<'SEEN'
built again: same serial number, version 1
a dependency more: same serial number, version 1
the dependency in another version: same serial number, version 1
another time: same serial number, version 1
another version of the project: other serial number, version 1
without a time: other serial number, version 1
without a time, with a dependency more: same serial number, version 1
SEEN

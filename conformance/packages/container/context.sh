#!/usr/bin/env bash
# Makes the folder that a container image is built from: the Containerfile, and the static programs of both processors.
#
#   context.sh VERSION DIST FOLDER
#
# DIST has the archives of `cargo xtask dist`.
set -euo pipefail

[ $# -eq 3 ] || { echo "error: expected the arguments VERSION DIST FOLDER, got $# arguments" >&2; exit 1; }
version=$1
dist=$2
folder=$3
rm -rf "$folder"
for pair in amd64=x86_64 arm64=aarch64; do
  name=fcgate-$version-${pair#*=}-unknown-linux-musl
  mkdir -p "$folder/${pair%=*}"
  tar -xzf "$dist/$name.tar.gz" -C "$folder/${pair%=*}" --strip-components=1 "$name/fcgate"
done
cp "$(dirname "$0")/Containerfile" "$folder/Dockerfile"

#!/usr/bin/env bash
# Installs the prebuilt fcgate of a release, after it has checked the SHA-256 of the archive.
#
#   install.sh VERSION FOLDER
#
# FCGATE_RELEASES  where releases are, one folder for each tag [default: the releases of the project on GitHub]
# FCGATE_SHA256    the SHA-256 that the archive must have, in addition to the one in SHA256SUMS of the release
set -euo pipefail

fail() {
  echo "error: $1" >&2
  exit 1
}

# Rust's name of this system and processor.
target() {
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) echo x86_64-unknown-linux-musl ;;
    Linux-aarch64 | Linux-arm64) echo aarch64-unknown-linux-musl ;;
    Darwin-arm64) echo aarch64-apple-darwin ;;
    Darwin-x86_64) echo x86_64-apple-darwin ;;
    MINGW*-x86_64 | MSYS*-x86_64) echo x86_64-pc-windows-gnu ;;
    *) fail "there is no prebuilt fcgate for $(uname -s) on $(uname -m); build it from source (build: true in the action)" ;;
  esac
}

# URL FILE. A redirection of an https address never leaves https.
download() {
  curl --fail --silent --show-error --location --retry 3 --proto '=https,file' --proto-redir '=https' --output "$2" "$1" ||
    fail "cannot download $1"
}

sha256() {
  if command -v sha256sum > /dev/null; then
    sha256sum "$1"
  else
    shasum -a 256 "$1"
  fi | cut -d ' ' -f 1
}

[ $# -eq 2 ] || fail "expected the arguments VERSION FOLDER, got $# arguments"
version=$1
folder=$2
# Nothing that could be another path or another address.
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+([-.+][0-9A-Za-z]+)*$ ]] ||
  fail "expected a version such as 0.1.0, got '$version'"
pinned=$(tr '[:upper:]' '[:lower:]' <<< "${FCGATE_SHA256:-}")
[[ $pinned =~ ^([0-9a-f]{64})?$ ]] || fail "expected 64 hexadecimal digits in FCGATE_SHA256, got '$pinned'"

target=$(target)
name=fcgate-$version-$target
archive=$name.tar.gz
release=${FCGATE_RELEASES:-https://github.com/fc-invoke/fc-invoke/releases/download}/v$version
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT

download "$release/SHA256SUMS" "$temporary/SHA256SUMS"
listed=$(awk -v name="$archive" '$2 == name || $2 == "*" name { print $1 }' "$temporary/SHA256SUMS")
[[ $listed =~ ^[0-9a-f]{64}$ ]] || fail "expected one SHA-256 of $archive in $release/SHA256SUMS, got '$listed'"
download "$release/$archive" "$temporary/$archive"
found=$(sha256 "$temporary/$archive")
[ "$found" = "$listed" ] ||
  fail "the SHA-256 of $archive is $found, expected $listed (SHA256SUMS of the release); nothing was installed"
[ -z "$pinned" ] || [ "$found" = "$pinned" ] ||
  fail "the SHA-256 of $archive is $found, expected $pinned (the pinned one); nothing was installed"

program=fcgate
case $target in *windows*) program=fcgate.exe ;; esac
tar -xzf "$temporary/$archive" -C "$temporary" "$name/$program" ||
  fail "expected the program $name/$program in $archive"
mkdir -p "$folder"
mv -f "$temporary/$name/$program" "$folder/$program"
echo "installed fcgate $version for $target, SHA-256 of the archive: $found"

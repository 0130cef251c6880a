#!/usr/bin/env bash
# Compares today's header with the kept dump of each release; what is more than an appended field fails.
#   abi_dump.sh ROOT CC            compares; also plants a field in the middle and expects abidiff to see it
#   abi_dump.sh ROOT CC --dump X   writes tests/sdk/abi/X/surface.abi from tests/sdk/abi/X/orderhub (once, for a release)
set -euo pipefail
root=$1 cc=$2
here=$root/tests/sdk/abi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

object() { # INCLUDE_FOLDER NAME
  (cd "$here" && "$cc" -std=c11 -g -fPIC -shared -fdebug-prefix-map="$root"=. -I"$1" surface.c -o "$work/$2.so")
}
dump() { # NAME
  abidw --no-corpus-path --no-comp-dir-path --no-show-locs --drop-private-types "$work/$1.so"
}
differs() { # KEPT NAME
  dump "$2" >"$work/$2.abi"
  ! abidiff --suppressions "$here/growth.suppr" "$1" "$work/$2.abi"
}

if [[ ${3:-} == --dump ]]; then
  object "$here/$4" kept
  dump kept >"$here/$4/surface.abi"
  exit
fi
object "$root/sdk/include" today
mkdir -p "$work/broken/orderhub"
sed 's|^    oh_str kind; .*|    uint64_t planted;\n&|' "$root/sdk/include/orderhub/connector.h" >"$work/broken/orderhub/connector.h"
object "$work/broken" broken
for kept in "$here"/*/surface.abi; do
  release=$(basename "$(dirname "$kept")")
  if differs "$kept" today; then echo "today's header breaks ABI $release"; exit 1; fi
  if ! differs "$kept" broken >/dev/null; then echo "a field in the middle went unseen against $release"; exit 1; fi
  echo "today's header keeps ABI $release"
done

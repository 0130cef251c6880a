#!/usr/bin/env bash
# The SDK alone: installed into an empty prefix it gives everything to build connectors in C++ (g++ and clang) and C, with
# CMake and with pkg-config, and to make new ones.
#   install.sh BUILD
set -euo pipefail
build=$1
sources=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix=$work/prefix
cmake --install "$build" --component sdk --prefix "$prefix" >/dev/null
[[ ! -e $prefix/include/hub ]] || { echo "the hub's own headers were installed"; exit 1; }
cd "$work"

exports_one_symbol() { # LIBRARY
  [[ $(nm -D --defined-only "$1" | awk '{print $3}') == orderhub_connector ]] || { echo "$1 exports more"; nm -D --defined-only "$1"; exit 1; }
}
checked() { # LIBRARY FOLDER: by the kit, if it was installed, too
  exports_one_symbol "$1"
  if [[ -x $prefix/bin/orderhub-connector-check ]]; then
    "$prefix/bin/orderhub-connector-check" "$1" --config "$2/check/check.yaml" >"$work/report" || { cat "$work/report"; exit 1; }
  fi
}
built() { # FOLDER CMAKE_ARGS...
  cmake -S "$1" -B "$1/build" -G Ninja -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_BUILD_TYPE=Debug \
        -DCMAKE_CXX_FLAGS="-Wall -Wextra -Wpedantic -Werror" -DCMAKE_C_FLAGS="-Wall -Wextra -Werror" "${@:2}" >"$work/log" 2>&1 &&
    cmake --build "$1/build" -j1 >"$work/log" 2>&1 || { cat "$work/log"; echo "$1 does not build"; exit 1; }
}
scaffold() { # KIND LANG CMAKE_ARGS...
  "$prefix/bin/orderhub-new-connector" "$1" "new_$1_$2" --lang "$2" >/dev/null
  built "new_$1_$2" "${@:3}"
  grep -rq SCAFFOLD: "new_$1_$2/README.md" || { echo "new_$1_$2 marks nothing"; exit 1; }
  ! grep -rqi '@name@\|paperdesk' "new_$1_$2" --exclude-dir=build || { echo "new_$1_$2 has names of the template"; exit 1; }
  if [[ $2 == cpp ]]; then "new_$1_$2/build/new_$1_$2_test"; fi
  checked "new_$1_$2/build/connectors/new_$1_$2.so" "new_$1_$2"
  echo "new-connector $1 --lang $2: builds and passes"
}

scaffold servicedesk cpp -DCMAKE_CXX_COMPILER=g++
scaffold storefront cpp -DCMAKE_CXX_COMPILER=clang++-19
scaffold finance cpp -DCMAKE_CXX_COMPILER=g++
scaffold servicedesk c -DCMAKE_C_COMPILER=clang-19
if [[ -x /usr/bin/rustc ]]; then scaffold servicedesk rust; fi

# Without CMake: pkg-config and a C compiler.
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig:$prefix/lib/$(gcc -print-multiarch)/pkgconfig
example=$prefix/share/orderhub-sdk/examples/c
{ echo '#define ORDERHUB_MANIFEST \'; sed 's/\\/\\\\/g; s/"/\\"/g; s/.*/"&\\n" \\/' "$example/manifest.json"; echo '""'; } >orderhub_manifest.h
# shellcheck disable=SC2046
gcc -std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Werror -I. "$example"/*.c \
  $(pkg-config --define-variable=prefix="$prefix" --cflags --libs orderhub-sdk) -o by_hand.so
checked by_hand.so "$example/.."
echo "pkg-config and gcc: builds"

# The author's guide: what its tutorial says is done, to the kit's verdict.
/usr/bin/python3 "$sources/tests/sdk/tutorial.py" "$sources/sdk/docs" "$prefix"

#!/usr/bin/env bash
# Every header of the SDK compiles alone: connector.h and oauth2.h as C11, all as C++20, with g++ and with clang.
set -euo pipefail
root=$1
cd "$root/sdk"
flags=(-Wall -Wextra -Wpedantic -Werror -fsyntax-only -Iinclude -Itestkit/include)
for compiler in gcc clang-19; do
  "$compiler" -std=c11 "${flags[@]}" -x c include/orderhub/oauth2.h -Wno-pragma-once-outside-header
done 2> >(grep -v 'unknown warning option\|unrecognized command-line' >&2)
compiles() { # COMPILER HEADER FLAGS...
  echo "#include \"$PWD/$2\"" | "$1" -std=c++20 "${flags[@]}" "${@:3}" -x c++ - || { echo "$2: $1"; exit 1; }
}
for header in include/orderhub/*.h include/orderhub/*.hpp testkit/include/orderhub/*.hpp; do
  compiles clang++-19 "$header"
done
# These include all others; with Boost.JSON for documents, by choice, too.
for header in include/orderhub/connector.hpp testkit/include/orderhub/fake_host.hpp; do
  compiles g++ "$header"
  for compiler in g++ clang++-19; do compiles "$compiler" "$header" -DORDERHUB_SDK_BOOST_JSON; done
done
echo "every header compiles alone"

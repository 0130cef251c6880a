#!/usr/bin/env bash
# Every header of the SDK compiles alone: connector.h and oauth2.h as C11, all as C++20, with g++ and with clang.
set -euo pipefail
root=$1
cd "$root/sdk"
flags=(-Wall -Wextra -Wpedantic -Werror -fsyntax-only -Iinclude -Itestkit/include)
for compiler in gcc clang-19; do
  "$compiler" -std=c11 "${flags[@]}" -x c include/orderhub/oauth2.h -Wno-pragma-once-outside-header
done 2> >(grep -v 'unknown warning option\|unrecognized command-line' >&2)
alone() { # HEADER FLAGS...
  for compiler in g++ clang++-19; do
    echo "#include \"$PWD/$1\"" | "$compiler" -std=c++20 "${flags[@]}" "${@:2}" -x c++ - || { echo "$1: $compiler"; exit 1; }
  done
}
for header in include/orderhub/*.h include/orderhub/*.hpp testkit/include/orderhub/*.hpp; do alone "$header"; done
# With Boost.JSON for documents, by choice.
for header in include/orderhub/connector.hpp testkit/include/orderhub/fake_host.hpp; do
  alone "$header" -DORDERHUB_SDK_BOOST_JSON
done
echo "every header compiles alone"

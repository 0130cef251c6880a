#!/usr/bin/env bash
# Every header of the SDK compiles alone: connector.h as C11, all as C++20, with g++ and with clang.
set -euo pipefail
root=$1
cd "$root/sdk"
flags=(-Wall -Wextra -Wpedantic -Werror -fsyntax-only -Iinclude -Itestkit/include)
for compiler in gcc clang-19; do
  "$compiler" -std=c11 "${flags[@]}" -x c include/orderhub/connector.h -Wno-pragma-once-outside-header
done 2> >(grep -v 'unknown warning option\|unrecognized command-line' >&2)
for header in include/orderhub/*.h include/orderhub/*.hpp testkit/include/orderhub/*.hpp; do
  for compiler in g++ clang++-19; do
    echo "#include \"$PWD/$header\"" | "$compiler" -std=c++20 "${flags[@]}" -x c++ - || { echo "$header: $compiler"; exit 1; }
  done
done
echo "every header compiles alone"

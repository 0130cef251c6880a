// What a test needs, without a framework.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>

template <class Seen, class Wanted>
void expect_equal(const Seen& seen, const Wanted& wanted, const char* what) {
    if (seen == wanted) return;
    std::fprintf(stderr, "%s: not as expected\n", what);
    if constexpr (requires { std::string(seen); }) std::fprintf(stderr, "  seen: %s\n", std::string(seen).c_str());
    std::exit(1);
}
#define EXPECT_EQUAL(seen, wanted) expect_equal(seen, wanted, #seen " == " #wanted)

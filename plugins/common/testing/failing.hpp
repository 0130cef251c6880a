// What the failure tests of connectors share. Nothing of it is in a connector.
#pragma once

#include <cstdint>
#include <orderhub/fake_host.hpp>
#include <ostream>

namespace orderhub::testing {

/// One way in which an exchange fails, and what the hub is to be told. `Fault` is the test's own.
template <class Fault>
struct FailingWith {
    const char* name;
    Fault fault;
    oh_outcome outcome;
    const char* code;
    std::uint64_t retry_after_ms = 0;

    friend std::ostream& operator<<(std::ostream& out, const FailingWith& each) {
        return out << each.name;
    }
};

/// A page for people in place of the system's answer.
inline testkit::Answer html(int status = 200) {
    return {status, "<html>maintenance</html>", {{"content-type", "text/html"}}, OH_HTTP_ANSWERED};
}

inline testkit::Answer throttled() {
    return {429, "", {{"retry-after", "17"}}, OH_HTTP_ANSWERED};
}

}  // namespace orderhub::testing

// Reads a file as its receiver would, knowing nothing of how it was made: the order of its elements
// by the UBL 2.1 documentation, and the sums by EN 16931 and Peppol BIS Billing 3.
#pragma once

#include <string>
#include <vector>

namespace orderhub::ubl::test {

/// What is wrong with the file; empty if nothing is.
std::vector<std::string> judge(const std::string& xml);

}  // namespace orderhub::ubl::test

// The order of elements, by our own table from the UBL 2.1 documentation: which children a group
// may have, in which order, and how often.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <vector>

namespace orderhub::ubl::test {

/// Adds what is wrong with `group` and all below it: an element that the table does not know or
/// that stands where it may not, one too many or too few, an empty one, an attribute that is
/// missing or not its own, a currency that is not `currency`.
void check_order(const pugi::xml_node& group, const std::string& currency,
                 std::vector<std::string>& problems);

}  // namespace orderhub::ubl::test

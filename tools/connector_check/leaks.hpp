// Looks for secrets where none may be.
#pragma once

#include <string>
#include <vector>

#include "stage.hpp"

namespace orderhub::kit {

/// Notes each secret of the subject, and each canary of an answer, that the text holds; take them
/// with take_leaks(). Any thread.
void find_leaks(const Subject& subject, const std::string& where, const std::string& text);
std::vector<std::string> take_leaks();

}  // namespace orderhub::kit

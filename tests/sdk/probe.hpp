// The connector of the wrapper's tests does what each of them says.
#pragma once

#include <functional>
#include <orderhub/connector.hpp>

/// What the next call of check or receive does.
extern std::function<void(orderhub::sdk::Call&)> work;

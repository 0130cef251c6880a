// What the hub, its connectors and the stand-ins share.
#pragma once

#include <fmt/format.h>

#include <boost/json.hpp>

#include "std.hpp"

// What the hub, its connectors and the stand-ins share.
#pragma once

#include "std.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

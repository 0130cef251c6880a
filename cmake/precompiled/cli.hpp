#pragma once

#include "hub.hpp"

#include <CLI/CLI.hpp>

#pragma once

#include <CLI/CLI.hpp>

#include "hub.hpp"
